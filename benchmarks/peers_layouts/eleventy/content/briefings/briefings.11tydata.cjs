module.exports = {
  layout: "briefing.njk",
  tags: "briefing",
  permalink: (data) => `/briefings/${data.page.fileSlug}/`,
};
