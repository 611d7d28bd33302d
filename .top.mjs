import { readFileSync, readdirSync } from 'node:fs';
const f=readdirSync('.cpuprof')[0]; const p=JSON.parse(readFileSync('.cpuprof/'+f));
const self=new Map(); const dt=p.timeDeltas; p.samples.forEach((s,i)=>self.set(s,(self.get(s)??0)+dt[i]));
const byId=new Map(p.nodes.map(n=>[n.id,n])); const agg=new Map();
for(const n of p.nodes){const k=n.callFrame.functionName+' '+n.callFrame.url.split('/').slice(-2).join('/')+':'+n.callFrame.lineNumber; agg.set(k,(agg.get(k)??0)+(self.get(n.id)??0));}
const tot=[...agg.values()].reduce((a,b)=>a+b); [...agg].sort((a,b)=>b[1]-a[1]).slice(0,45).forEach(([k,v])=>console.log((v/tot*100).toFixed(2)+'%',k));
