/** Writes the README's table of formats from lib/vocabulary/formats.ts: `node test/formats-table.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { type Family, SOURCES, TARGETS, targetsOf } from '#lib/vocabulary/formats.ts'

const README = new URL('../README.md', import.meta.url)
const SECTION = /(<!-- formats -->\n)[\s\S]*?(\n<!-- \/formats -->)/

const TITLES: Record<Family, string> = {
  presentation: 'Presentations',
  document: 'Text documents',
  spreadsheet: 'Spreadsheets',
  drawing: 'Drawings and pictures',
  pdf: 'PDF, to merge, split or lock',
}

/** The table, one row a family. */
export function formatsTable(): string {
  const rows = (Object.keys(TITLES) as Family[]).map(family => {
    const formats = [...SOURCES].filter(([, source]) => source.family === family).map(([format]) => format)
    // A format is not offered to itself, so the family's offer is what any of its formats offers.
    const offered = [...TARGETS.keys()].filter(target =>
      formats.some(format => targetsOf(format).includes(target)),
    )
    return `| ${TITLES[family]} | ${formats.join(' ')} | ${offered.join(' ')} |`
  })
  return ['| | from | into |', '|---|---|---|', ...rows].join('\n')
}

/** The README with the table as it should be. */
export function withTable(readme: string): string {
  return readme.replace(SECTION, `$1${formatsTable()}$2`)
}

if (import.meta.main) writeFileSync(README, withTable(readFileSync(README, 'utf8')))
