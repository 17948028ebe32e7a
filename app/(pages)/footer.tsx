import { type Family, SOURCES, WITHOUT_EXTENSION } from '#lib/vocabulary/formats.ts'
import { under } from './live/address.ts'
import { size } from './live/format.ts'
import { sourceName } from './messages/names.ts'
import type { Texts } from './messages/texts.ts'
import { FAMILY_ORDER, familyLabel } from './settings/labels.ts'
import './disclosure.css'
import './footer.css'

/** The footer: the size limit, the formats, and the API for programs. Rendered by the server only. */
export function Footer({ maxUploadBytes, texts }: { maxUploadBytes: number; texts: Texts }) {
  const { t } = texts
  return (
    <footer>
      <details>
        <summary>{t('page.formats')}</summary>
        <dl>
          {FAMILY_ORDER.map(family => (
            <div key={family}>
              <dt>{familyLabel(texts, family)}</dt>
              <dd>{formatsOf(texts, family).join(t('page.comma'))}</dd>
            </div>
          ))}
        </dl>
      </details>
      <span>{t('page.sizeLimit', { size: size(texts, maxUploadBytes) })}</span>
      <a href={under('/api/openapi.json')}>{t('page.api')}</a>
    </footer>
  )
}

/** By the ends of their names; those that have none of their own are named. */
function formatsOf(texts: Texts, family: Family): string[] {
  return [...SOURCES].flatMap(([format, source]) => {
    if (source.family !== family) return []
    return WITHOUT_EXTENSION.includes(format) ? sourceName(texts, format) : format
  })
}
