import { type Family, SOURCES } from '#lib/vocabulary/formats.ts'
import { under } from './live/address.ts'
import { size } from './live/format.ts'
import { FAMILY_LABELS } from './settings/labels.ts'
import './disclosure.css'
import './footer.css'

/** The footer: the size limit, the formats, and the API for programs. */
export function Footer({ maxUploadBytes }: { maxUploadBytes: number }) {
  return (
    <footer>
      <span>Up to {size(maxUploadBytes)} a file</span>
      <details>
        <summary>What can be converted</summary>
        <dl>
          {(Object.keys(FAMILY_LABELS) as Family[]).map(family => (
            <div key={family}>
              <dt>{FAMILY_LABELS[family]}</dt>
              <dd>{formatsOf(family).join(', ')}</dd>
            </div>
          ))}
        </dl>
      </details>
      <a href={under('/api/openapi.json')}>For programs: the API</a>
    </footer>
  )
}

function formatsOf(family: Family): string[] {
  return [...SOURCES].flatMap(([format, source]) => (source.family === family ? [format] : []))
}
