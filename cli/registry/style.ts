/** The CSS of every page. It loads no fonts or images. */
export const STYLE = `
:root { color-scheme: light; --text: #1a1a1a; --page: #fff; --link: #0645ad; --line: #ccc; --code: #f3f3f3; }
@media (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --text: #e6e6e6; --page: #1a1a1a; --link: #8ab4f8; --line: #555; --code: #2a2a2a; }
}
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; color: var(--text); background: var(--page); }
main { max-width: 60rem; margin: auto; padding: 1rem; overflow-wrap: anywhere; }
h2 { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1rem; }
a { color: var(--link); }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; background: var(--code); border-radius: 4px; }
code { padding: 0.1em 0.3em; }
pre { padding: 1rem; overflow-x: auto; }
pre code { padding: 0; }
.table { overflow-x: auto; overflow-wrap: normal; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
summary { cursor: pointer; }
`;
