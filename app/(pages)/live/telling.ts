/** What a conversion report says to a person. Pure, so that page, row and the page without JavaScript agree. */
import type { ReplacedFont, Report } from '#lib/report.ts'
import { count } from './words.ts'

/** One thing to know; where a Debian package would mend it, with its name. */
export interface Telling {
  say: string
  debian: string | null
}

const NAMES_SHOWN = 6
const list = new Intl.ListFormat('en', { type: 'conjunction' })

/** What changes how the result looks comes first. */
export function tellingsOf(report: Report): Telling[] {
  const plain = [
    report.hiddenSlidesSkipped > 0 && `${were(report.hiddenSlidesSkipped, 'hidden slide')} left out.`,
    report.mediaLeftOut > 0 && `${media(report.mediaLeftOut)} left out.`,
    report.repaired && 'The file was damaged and was repaired while it was read. Compare the result with it.',
    report.linksBlocked > 0 && `${links(report.linksBlocked)} not followed.`,
    report.macros && 'Macros were not run.',
    report.embeddedFiles > 0 && `The document carries ${count(report.embeddedFiles, 'file')} inside.`,
    twins(report.replacedFonts.filter(font => font.metric)),
  ].filter(say => say !== false)
  return [...strangers(report.replacedFonts), ...plain.map(say => ({ say, debian: null }))]
}

/** In a few words, only what may look different: `1 font replaced`. */
export function hintOf(report: Report | null): string | null {
  const strange = report?.replacedFonts.filter(font => !font.metric).length ?? 0
  return strange > 0 ? `${count(strange, 'font')} replaced` : null
}

/** Fonts that another one stands for, with other widths: one sentence for all with the same replacement and mend. */
function strangers(fonts: readonly ReplacedFont[]): Telling[] {
  const strange = fonts.filter(font => !font.metric)
  const groups = Map.groupBy(strange, font => `${font.replacedBy}\n${font.package}`)
  return [...groups.values()].map(group => {
    const are = group.length === 1 ? 'is' : 'are'
    return {
      say: `${names(group)} ${are} missing on this machine: ${group[0]?.replacedBy} was used.`,
      debian: group[0]?.package ?? null,
    }
  })
}

/** Fonts that another one stands for, so that nothing moves. */
function twins(fonts: readonly ReplacedFont[]): string | false {
  const [first, ...rest] = fonts
  if (!first) return false
  const others = rest.map(font => `${font.name} by ${font.replacedBy}`)
  const pairs = list.format([`${first.name} was replaced by ${first.replacedBy}`, ...others])
  return `${pairs}, which ${rest.length === 0 ? 'has' : 'have'} the same widths.`
}

function names(fonts: readonly ReplacedFont[]): string {
  const shown = fonts.slice(0, NAMES_SHOWN).map(font => font.name)
  const more = fonts.length - shown.length
  return list.format(more > 0 ? [...shown, count(more, 'more font')] : shown)
}

function were(n: number, what: string): string {
  return `${count(n, what)} ${n === 1 ? 'was' : 'were'}`
}

function media(n: number): string {
  return n === 1 ? '1 sound or film was' : `${count(n, 'sound')} or films were`
}

function links(n: number): string {
  return n === 1
    ? '1 link to another file or address was'
    : `${count(n, 'link')} to other files or addresses were`
}
