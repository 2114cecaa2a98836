// Text size and colours as the reader chose them, and the foot of printed pages.
{
const root=document.documentElement

// Text size and colours. The bar of a phone's browser takes the colour of the theme.
const bars=[...document.querySelectorAll("[name=theme-color]")].map(bar=>[bar,bar.media])
const colour=()=>{const theme=root.dataset.theme;for(const[bar,media]of bars)bar.media=!theme?media:media.includes(theme)?"":"not all"}
const inputs=[...document.querySelectorAll(".settings input")]
const tick=()=>{for(const input of inputs)input.checked=input.value==(root.dataset[input.name]||"");colour()}
for(const input of inputs)input.onchange=()=>{root.dataset[input.name]=input.value;colour();try{localStorage["dossier-"+input.name]=input.value}catch{}}
addEventListener("pageshow",tick)
tick()

// The foot of each printed page: its address, and of which day it is.
root.style.setProperty("--foot",JSON.stringify(document.querySelector(".paper").textContent.trim()))
}
