/* The texts of briefings: what Pagefind's index of a language finds in them.
Each index comes with its own program: one program cannot hold the words of two languages. */
const textsAt=root=>{
const WIDE=/[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu
const opened={}
let before=Promise.resolve(),shared

// One language after the other, so that the first is there early. Their programs begin with the
// same script, which is loaded once: to its address, the name of the language adds nothing.
const open=name=>opened[name]??=before=before.catch(()=>{}).then(async()=>{
const basePath=new URL(`${root}pagefind/${name}/`,location).pathname
shared??=basePath+"pagefind.js"
const script=import(`${shared}#${name}`)
script.catch(()=>{})
const{program,paths}=await(await fetch(basePath+"paths.json")).json()
document.head.append(Object.assign(document.createElement("link"),{rel:"preload",as:"fetch",href:basePath+program,crossOrigin:""}))
const index=(await script).createInstance({basePath,excerptLength:32,noWorker:true})
await index.filters()
return{paths,index}}).catch(error=>{
delete opened[name]
throw error})

// A word that is nowhere in the texts, and begins none of theirs, would find the longest beginning
// that is a word (for "LVMH" what has "l"): as the same word with one more letter does.
const NEVER="\ua66e"
const places=found=>found.results.map(({id,words})=>[id,...words].join()).sort().join(" ")
const has=async(index,word)=>{
if((await index.search(`"${word}"`)).results.length)return true
const[found,nearest]=[await index.search(word),await index.search(word+NEVER)]
return found.results.length>0&&places(found)!=places(nearest)}

// The searches that a query is made of: its words, and phrases of Chinese and Japanese, where each
// letter is a word of the index. None where a word is missing that is not small.
const searches=async(index,words)=>{
if(/^".*"$/.test(words))return[words.replace(WIDE,run=>[...run].join(" "))]
const wide=(words.match(WIDE)??[]).map(run=>`"${[...run].join(" ")}"`),others=words.replace(WIDE," ").split(" ").filter(Boolean)
const kept=[]
for(const word of others)if(await has(index,word))kept.push(word)
else if(word.length>3)return[]
return[kept.join(" "),...wide].filter(Boolean)}

// What is found in a language: by path, its score and a function that gets the excerpt.
return{open,search:async(name,words)=>{
const{index,paths}=await open(name),found=[]
for(const one of await searches(index,words))found.push(new Map((await index.search(one)).results.map(one=>[paths[one.id],one])))
const[first=new Map(),...others]=found
return[...first].filter(([path])=>others.every(other=>other.has(path))).map(([path,{score,data}])=>[path,{score,excerpt:async()=>(await data()).excerpt}])}}}
