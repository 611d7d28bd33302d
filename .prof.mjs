import { backend, datasets, optimizers, tf, training } from './dist/src/index.js';
await backend.use('wasm');
const { layers } = tf;
const B=32, S=25;
const { x: rx, y: ry } = datasets.digits({ samples: B*S, seed: 1 });
const x = tf.tensor(rx), y = tf.tidy(()=>tf.oneHot(tf.tensor1d(ry,'int32'),10).toFloat());
const mk=()=>{const m=tf.sequential({layers:[layers.dense({units:64,activation:'relu',inputShape:[784]}),layers.dense({units:64,activation:'relu'}),layers.dense({units:10,activation:'softmax'})]}); m.compile({loss:'categoricalCrossentropy',optimizer:optimizers.sgd({learningRate:.01,momentum:.9})}); return m;};
const a=mk(), b=mk();
const step=training.compileStep(a);
const batches=Array.from({length:S},(_,i)=>[tf.slice(x,[i*B,0],[B,784]),tf.slice(y,[i*B,0],[B,10])]);
const E=Number(process.argv[2]??40);
const cpu=()=>{const u=process.cpuUsage(); return (u.user+u.system);};
for(let r=0;r<6;r++){
  let t=performance.now(), c=cpu();
  for(let e=0;e<E;e++) for(const [bx,by] of batches) step(bx,by);
  const t1=(performance.now()-t)*1000/E/S, c1=(cpu()-c)/E/S;
  t=performance.now(); c=cpu();
  await training.fit(b,[x,y],{epochs:E,batchSize:B,seed:r});
  const t2=(performance.now()-t)*1000/E/S, c2=(cpu()-c)/E/S;
  console.log('wall',t1.toFixed(0),t2.toFixed(0),(t2/t1).toFixed(3),'cpu',c1.toFixed(0),c2.toFixed(0),(c2/c1).toFixed(3));
}
