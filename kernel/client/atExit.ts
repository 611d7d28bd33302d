const tasks = new Set<() => void>();

function runAll(): void {
  for (const task of tasks) task();
}

/** Runs a synchronous task when this process exits, unless it is taken back by the function returned. */
export function atExit(task: () => void): () => void {
  if (tasks.size === 0) process.on('exit', runAll);
  tasks.add(task);
  return () => {
    if (tasks.delete(task) && tasks.size === 0) process.off('exit', runAll);
  };
}
