// The process of one part of optimizers.mjs: its arguments are the file of the part and the options.
const [file, options] = process.argv.slice(2);
const { run } = await import(file);
process.send(await run(JSON.parse(options)), () => process.exit());
