/** A page that somebody has broken. */
export interface PageMutant {
  readonly name: string;
  readonly change: (page: string) => string;
}

const withoutPolicy = (page: string): string => page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");

/** What may go wrong with a page: each must be seen. */
export const pageMutants: readonly PageMutant[] = [
  {
    name: "a panel is gone",
    change: (page) => page.replace(/<section class="panel".*?<\/section>/s, ""),
  },
  {
    name: "a row is gone",
    change: (page) => page.replace(/<h2 class="row".*?<\/h2>/s, ""),
  },
  {
    name: "a script fails",
    change: (page) => withoutPolicy(page).replace("</body>", "<script>missing.call()</script></body>"),
  },
  {
    name: "a script that the page's policy does not know",
    change: (page) => page.replace("</body>", "<script>document.title = ''</script></body>"),
  },
  {
    name: "a picture from elsewhere",
    change: (page) => withoutPolicy(page).replace("</main>", '<img src="https://example.com/a.png" alt=""></main>'),
  },
  {
    name: "a picture from elsewhere, under the page's policy",
    change: (page) => page.replace("</main>", '<img src="https://example.com/a.png" alt=""></main>'),
  },
  {
    name: "a panel lies on another one",
    change: (page) => page.replace(/(<section class="panel"[^>]*style="--x:)0;--y:(\d+)/, "$112;--y:$2"),
  },
  {
    name: "a panel reaches beyond the page",
    change: (page) => page.replace("</main>", '<div style="width:3000px;grid-row:1">wide</div></main>'),
  },
  {
    name: "time series are not drawn",
    change: (page) => page.replace(/(id="plots">).*?(<\/script>)/s, "$1{}$2"),
  },
  {
    name: "a line has no numbers",
    change: (page) => page.replaceAll(/"values":\[[^\]]*\]/g, '"values":[]'),
  },
  {
    name: "text in the colour of the ground",
    change: (page) => page.replace("--text:#24292e", "--text:#f4f5f5").replace("--text:#ccccdc", "--text:#1a1d22"),
  },
  {
    name: "another title",
    change: (page) => page.replace(/(<h3 id="title-\d+">)/, "$1x"),
  },
];
