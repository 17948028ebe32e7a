import { type Note, note } from '../notes.ts'

/** A font that the document uses and the machine does not have. */
export interface ReplacedFont {
  name: string
  replacedBy: string
  /** Both have the same widths: lines and pages break at the same positions. */
  metric: boolean
  /** The Debian package with the font or one of the same widths; null where none is known or none is needed. */
  package: string | null
}

/** One note for all fonts with the same replacement and the same package. */
export function fontNotes(fonts: readonly ReplacedFont[]): Note[] {
  const groups = Map.groupBy(fonts, font => JSON.stringify([font.metric, font.replacedBy, font.package]))
  return [...groups.values()].map(group => {
    const [{ metric, replacedBy, package: debian } = group[0] as ReplacedFont] = group
    const details = { names: group.map(({ name }) => name), replacedBy }
    return note(metric ? 'font_replaced_same_widths' : 'font_replaced', {
      count: group.length,
      details: debian ? { ...details, package: debian } : details,
    })
  })
}
