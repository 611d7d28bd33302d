import { readFileSync, readdirSync } from 'node:fs';
const f=readdirSync('.cpuprof')[0]; const p=JSON.parse(readFileSync('.cpuprof/'+f));
const self=new Map(); p.samples.forEach((s,i)=>self.set(s,(self.get(s)??0)+p.timeDeltas[i]));
const byId=new Map(p.nodes.map(n=>[n.id,n]));
const incl=new Map();
function walk(n,under){ let t=self.get(n.id)??0; const name=n.callFrame.functionName||('anon:'+n.callFrame.lineNumber); for(const c of n.children??[]) t+=walk(byId.get(c),under||name==='trainEpoch'); if(under||name==='trainEpoch'){ incl.set(name,(incl.get(name)??0)+t);} return t; }
walk(p.nodes[0],false);
const total=incl.get('trainEpoch'); console.log('trainEpoch',(total/1000).toFixed(0),'ms');
[...incl].sort((a,b)=>b[1]-a[1]).slice(0,60).forEach(([k,v])=>console.log((v/total*100).toFixed(1)+'%',k));
