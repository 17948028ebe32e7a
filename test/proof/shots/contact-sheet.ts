interface SheetOptions {
  language: string
  /** Of the states, in their order. */
  names: readonly string[]
  /** What each state was taken as; `<name>.<column>.png` is the picture. */
  columns: readonly string[]
}

/** A page that shows all pictures of one language side by side, one state a row. */
export function contactSheet({ language, names, columns }: SheetOptions): string {
  const rows = names.map(name => {
    const pictures = columns.map(column => {
      const file = `${name}.${column}.png`
      return `<a href="${file}"><img src="${file}" alt="${name}, ${column}" loading="lazy"></a>`
    })
    return `<h2 id="${name}">${name}</h2><div>${pictures.join('')}</div>`
  })
  return `<!doctype html>
<meta charset="utf-8">
<title>${language}: ${names.length} states</title>
<style>
  body { margin: 16px; background: #888; font: 14px system-ui }
  h2 { margin: 16px 0 6px; font-size: 15px }
  div { display: flex; align-items: start; gap: 12px }
  img { max-height: 640px; max-width: 44vw }
</style>
${rows.join('\n')}
`
}
