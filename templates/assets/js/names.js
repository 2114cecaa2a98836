/* What a query means: the companies, regions and topics that it names, slips forgiven, and the
briefings about them or with its words in their titles. Knows names and titles, not texts. */
const namesIn=({subjects,briefings})=>{
const WIDE="[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+"
const wide=new RegExp(WIDE,"u"),runs=new RegExp(WIDE,"gu"),EXACT=3,STARTS=2,SLIP=1,MOST_WORDS=5
const plain=text=>text.normalize("NFKD").replace(/\p{M}/gu,"").replace(/(?<=\p{L})['’](?=\p{L})/gu,"").toLowerCase().replace(runs," $& ").replace(/[^\p{L}\p{N}]+/gu," ").trim().normalize()
// What French and Italian leave of a word before another: l’, d’, qu’, dell’.
const ELIDED=/(?<!\p{L})(?:\p{L}|(?:jus|lors|puis|quoi)?qu|(?:a|da|de|ne|su|que)ll|un|quest|sant)['’](?=\p{L})/giu
const bare=text=>plain(text.replace(ELIDED,""))
const titles=briefings.map(briefing=>` ${bare(briefing.title)} `),known=new Set(titles.join("").split(" "))
const named=subjects.flatMap((subject,place)=>subject.names.flatMap(name=>[plain,bare].map(form=>{
const words=form(name).split(" ")
return{place,name,starts:words.map((_,n)=>words.slice(n).join(""))}})))

// Letters left out, added, changed or swapped (the optimal string alignment distance).
const slips=(one,other)=>{
let before=[],last=[...Array(other.length+1).keys()]
for(let i=1;i<=one.length;i++){
const row=[i]
for(let j=1;j<=other.length;j++){
row[j]=Math.min(last[j]+1,row[j-1]+1,last[j-1]+(one[i-1]!=other[j-1]))
if(i>1&&j>1&&one[i-1]==other[j-2]&&one[i-2]==other[j-1])row[j]=Math.min(row[j],before[j-2]+1)}
before=last
last=row}
return last[other.length]}

const likeness=(asked,{starts},typing,mayslip)=>{
const[whole]=starts,most=asked.length>7?2:1
if(asked==whole)return EXACT
if(asked.length>1&&starts.some(start=>start==asked||typing&&start.startsWith(asked)))return STARTS
return mayslip&&asked.length>3&&asked[0]==whole[0]&&Math.abs(asked.length-whole.length)<=most&&slips(asked,whole)<=most?SLIP:0}

// The names that some words of the query are, most alike first; each subject once.
const alike=(words,typing,least)=>{
const asked=words.join(""),found=new Map(),mayslip=words.length>1||!known.has(asked)
for(const one of named){
const like=likeness(asked,one,typing,mayslip)
if(like>=least&&like>(found.get(one.place)?.like??0))found.set(one.place,{...one,like})}
return[...found.values()].sort((a,b)=>b.like-a.like||(subjects[b.place].count??0)-(subjects[a.place].count??0))}

// The query in parts: names of several words first, exact ones before those that are only alike.
const read=query=>{
if(/^\s*".+"\s*$/.test(query))return[{text:plain(query),exact:true,found:[]}]
const words=bare(query).split(" ").filter(Boolean),parts=[]
while(words.length){
let taken=1,found=[]
for(const least of[EXACT,SLIP])for(let n=Math.min(MOST_WORDS,words.length);n&&!found.length;n--){
found=alike(words.slice(0,n),n==words.length,least)
taken=found.length?n:1}
const text=words.splice(0,taken).join(" "),[best]=found
if(best?.like==EXACT)found=found.filter(one=>one.like==EXACT)
parts.push({text,typing:!words.length,found,name:best&&best.like!=STARTS?plain(best.name):text})}
return parts}

// How well one part of a query fits a briefing: 0 is not at all.
const fit=({text,name=text,found,typing},briefing,title)=>{
const has=words=>title.includes(typing||wide.test(words)?" "+words:` ${words} `)||wide.test(words)&&title.includes(words)
const places=found.map(one=>one.place)
const about=places.some(place=>briefing.about?.includes(place))?2:places.some(place=>briefing.within?.includes(place))?1:0
const words=has(text)||has(name)?2:places.some(place=>has(plain(subjects[place].names[0])))?1:0
return about+words||+(text==briefing.year)}

return{
read,
// The subjects that a query names, the likeliest first.
subjectsOf:parts=>[...new Set(parts.flatMap(part=>part.found).sort((a,b)=>b.like-a.like).map(one=>subjects[one.place]))],
// The query in the words of the site, for the texts.
words:parts=>parts.map(part=>part.exact?`"${part.text}"`:part.name).join(" "),
// The score of each briefing that fits all parts; small words may be missing.
scores:parts=>briefings.map((briefing,place)=>{
let sum=0
for(const part of parts){
const score=fit(part,briefing,titles[place])
if(!score&&(part.text.length>3||part.found.length||/\d/.test(part.text)||wide.test(part.text)))return 0
sum+=score}
return sum})}}
