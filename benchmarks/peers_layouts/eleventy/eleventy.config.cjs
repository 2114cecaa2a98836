// Eleventy's settings: markdown-it with footnotes and typographic quotes; pages of terms.
const markdownIt = require("markdown-it");
const footnotes = require("markdown-it-footnote");

const FOLDERS = ["companies", "regions"];
const slug = (name) => name.toLowerCase().replaceAll(" ", "-");

module.exports = (config) => {
  config.setLibrary("md", markdownIt({ typographer: true }).use(footnotes));
  config.addFilter("slug", slug);
  config.addFilter("isoDay", (date) => date.toISOString().slice(0, 10));
  config.addFilter("rssDate", (date) => date.toUTCString());
  config.addCollection("newest", (api) => api.getFilteredByTag("briefing").reverse());
  config.addCollection("terms", (api) => {
    const terms = new Map();
    for (const briefing of api.getFilteredByTag("briefing").reverse()) {
      for (const folder of FOLDERS) {
        for (const name of briefing.data[folder]) {
          const url = `/${folder}/${slug(name)}/`;
          if (!terms.has(url)) terms.set(url, { name, url, briefings: [] });
          terms.get(url).briefings.push(briefing);
        }
      }
    }
    return [...terms.values()];
  });
  return {
    dir: { input: "content", includes: "../includes", output: "output" },
    markdownTemplateEngine: false,
  };
};
