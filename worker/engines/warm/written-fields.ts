import { localeOf } from '#lib/vocabulary/locale.ts'
import type { Conversion } from '#worker/engine.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { writeFieldsIn } from '#worker/uno/field-language.ts'
import { fixFileDates, setFileTimesTo } from '#worker/uno/file-dates.ts'
import { writeSlideFieldsIn } from '#worker/uno/slide-language.ts'

/** Formats dates and numbers in fields: in the surrounding language unless another was requested. */
export async function writeFields(
  document: OfficeDocument,
  kind: DocumentKind,
  { options = {}, hasFileDates, signal }: Conversion,
): Promise<void> {
  const { timeZone, language } = options
  if (hasFileDates && kind === 'text') {
    if (timeZone !== undefined)
      await document.withModel((text, session) => setFileTimesTo(String(timeZone), text, session), signal)
    await document.withModel(fixFileDates, signal)
  }
  const locale = localeOf(String(language ?? ''))
  if (!locale) return
  if (kind === 'text')
    await document.withModel((text, session) => writeFieldsIn(text, locale, session), signal)
  if (kind === 'presentation' || kind === 'drawing')
    await document.withModel((deck, session) => writeSlideFieldsIn(deck, locale, session), signal)
}
