// Leads on and keeps query and fragment, which a refresh would lose. It comes after the links were set.
addEventListener("DOMContentLoaded",()=>location.replace(document.links[0].href+location.search+location.hash))
