/* The texts of briefings: which have a word, by small files, and what Pagefind's index finds in them.
Each index comes with its own program: one program cannot hold the words of two languages. */
const textsAt=root=>{
const WIDE=/[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu
const opened={},loaded={},folder=name=>new URL(`${root}pagefind/${name}/`,location).pathname
const json=address=>loaded[address]??=fetch(address).then(answer=>answer.json()).catch(error=>{
delete loaded[address]
throw error})
let before=Promise.resolve(),shared

// One language after the other, so that the first is there early. Their programs begin with the
// same script, which is loaded once: to its address, the name of the language adds nothing.
const open=name=>opened[name]??=before=before.catch(()=>{}).then(async()=>{
const basePath=folder(name)
shared??=basePath+"pagefind.js"
const script=import(`${shared}#${name}`)
script.catch(()=>{})
const{program,paths,results}=await json(basePath+"paths.json")
document.head.append(Object.assign(document.createElement("link"),{rel:"preload",as:"fetch",href:basePath+program,crossOrigin:""}))
const index=(await script).createInstance({basePath,excerptLength:32,noWorker:true})
await index.filters()
return{paths,results,index}}).catch(error=>{
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

// The briefings that have all words, or words that begin so; small words may be missing.
const withWords=async(name,words)=>{
const{paths,letters}=await json(folder(name)+"paths.json")
if(!letters||/^"/.test(words)||words.search(WIDE)>=0)return[]
const found=await Promise.all(words.split(" ").map(async word=>{
const letter=String.fromCodePoint(word.codePointAt(0))
if(!letters.includes(letter))return{word,places:[]}
const all=await json(`${folder(name)}words/${letter.codePointAt(0).toString(16)}.json`)
return{word,places:Object.keys(all).filter(one=>one.startsWith(word)).flatMap(one=>all[one])}}))
const[first,...others]=found.filter(({word,places})=>places.length||word.length>3)
return[...new Set(first?.places)].filter(place=>others.every(({places})=>places.includes(place))).map(place=>paths[place])}

// What is found in a language: by path, its score and a function that gets the excerpt.
return{open,withWords,search:async(name,words)=>{
const{index,paths,results}=await open(name),found=[]
for(const one of await searches(index,words))found.push(new Map((await index.search(one)).results.map(one=>[paths[results[one.id]],one])))
const[first=new Map(),...others]=found
return[...first].filter(([path])=>others.every(other=>other.has(path))).map(([path,{score,data}])=>[path,{score,excerpt:async()=>(await data()).excerpt}])}}}
