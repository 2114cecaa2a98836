// The search.
import "./js/names.js"
import "./js/texts.js"
import "./js/search.js"
