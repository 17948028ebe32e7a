/** Names of targets and options as a person reads them, with the API’s word where it differs. Pure data, safe for the browser. */
import { OPTIONS } from './options.ts'
import { TARGETS } from './targets.ts'

/** `PDF`, `PDF/A-1b (pdfa-1b)`, `Word (docx)`; an unknown target as it is. */
export function targetTitle(target: string): string {
  return withId(TARGETS.get(target)?.name ?? target, target)
}

/** `“Pages”`, `“Hidden slides” (hiddenSlides)`. */
export function optionTitle(name: string): string {
  const label = OPTIONS.find(option => option.name === name)?.label ?? name
  return label.toLowerCase() === name ? `“${label}”` : `“${label}” (${name})`
}

function withId(title: string, id: string): string {
  return title.toLowerCase() === id ? title : `${title} (${id})`
}
