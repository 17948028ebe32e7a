import { type Note, note } from '../notes.ts'

interface Kind {
  one: string
  many: string
  /** The first version of LibreOffice that draws them. */
  drawnSince?: number
  /** An editable target keeps them. */
  isKept?: boolean
}

/** Content that LibreOffice was observed not to draw. */
const KINDS = {
  sparklines: { one: 'sparkline', many: 'sparklines', drawnSince: 24, isKept: true },
  charts: { one: 'chart of a kind of Excel 2016 or later', many: 'charts of kinds of Excel 2016 or later' },
  slicers: { one: 'slicer', many: 'slicers' },
  cellPictures: { one: 'picture that lies in a cell', many: 'pictures that lie in cells' },
  choices: { one: 'chosen entry of a list', many: 'chosen entries of lists' },
  equationFields: { one: 'equation that is a field', many: 'equations that are fields' },
  arcs: { one: 'arc or curve of an old drawing of Word', many: 'arcs and curves of old drawings of Word' },
} as const satisfies Record<string, Kind>

export type NotDrawnKind = keyof typeof KINDS
export type NotDrawn = Partial<Record<NotDrawnKind, number>>

/** One note for everything in a source that this engine, such as `LibreOffice 7.4.7.2`, does not show. */
export function notDrawnNotes(
  found: NotDrawn,
  { engine, isDrawn }: { engine: string; isDrawn: boolean },
): Note[] {
  const version = Number(/^LibreOffice (\d+\.\d+)/.exec(engine)?.[1] ?? 0)
  const missing = Object.entries(found).flatMap(([kind, count]) => {
    const entry: Kind = KINDS[kind as NotDrawnKind]
    const isShown = version >= (entry.drawnSince ?? Infinity) || (entry.isKept === true && !isDrawn)
    return isShown ? [] : [{ kind, count, name: `${count} ${count === 1 ? entry.one : entry.many}` }]
  })
  const count = missing.reduce((sum, kind) => sum + kind.count, 0)
  const counts = Object.fromEntries(missing.map(({ kind, count }) => [kind, count]))
  return [note('not_drawn', { count, details: { names: missing.map(({ name }) => name), ...counts } })]
}
