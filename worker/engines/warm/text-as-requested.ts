/** Shows or omits a text's tracked changes and hidden text. */
import { AppError } from '#lib/vocabulary/errors.ts'
import { OPEN_TEXTS, PDF_TARGETS, SOURCES } from '#lib/vocabulary/formats.ts'
import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import { HiddenTextRemover, HiddenTextShower } from '#worker/flat-text/hidden-text.ts'
import { SettingsRemover } from '#worker/flat-text/settings-remover.ts'
import { printNoComments } from '#worker/uno/comments-in-margin.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { refreshFields } from '#worker/uno/refresh-fields.ts'
import {
  type ChangeResolution,
  countTrackedChanges,
  resolveTrackedChanges,
} from '#worker/uno/tracked-changes.ts'
import { type FlatCopying, replacedBy, type TextCopying, writeFlatCopy } from './flat-copy.ts'
import { withWordsBeside } from './words-beside.ts'

/** Text formats without such marks: there deleted or hidden text could not be distinguished. */
const PLAIN = ['txt', 'html']
/** They store hidden text, but neither hidden sections nor paragraphs hidden by a field; OpenDocument stores all. */
const WITHOUT_SECTIONS = ['docx', 'rtf']

/** Whether changes must be accepted or rejected, which requires an editable document. */
export function resolvesChanges(conversion: Conversion): boolean {
  const isText = SOURCES.get(conversion.format)?.family === 'document'
  return isText && conversion.trackedChanges !== 0 && resolutionOf(conversion) !== undefined
}

/**
 * The text as requested: unchanged, changed, or a copy; for a copy the original document is closed.
 * @throws AppError `conversion_failed`; UnoError, ProtocolError, the signal's reason
 */
export async function textAsRequested(
  document: OfficeDocument,
  conversion: Conversion,
  copying: TextCopying,
): Promise<OfficeDocument> {
  const resolved = await withChangesResolved(document, conversion, copying)
  const shown = await withHiddenTextAsWanted(resolved, conversion, copying)
  const commented = await withCommentsAsWanted(shown, conversion, { ...copying, isCopy: shown !== document })
  return withWordsBeside(commented, conversion, copying)
}

function resolutionOf({ target, options = {} }: Conversion): ChangeResolution | undefined {
  const requested = options.trackedChanges ?? (PLAIN.includes(target) ? 'accepted' : 'marked')
  return requested === 'accepted' || requested === 'rejected' ? requested : undefined
}

async function withChangesResolved(
  document: OfficeDocument,
  conversion: Conversion,
  copying: TextCopying,
): Promise<OfficeDocument> {
  const { target, onNote, signal } = conversion
  const count = conversion.trackedChanges ?? (await document.withModel(countTrackedChanges, signal))
  if (count === 0) return document
  const isPrinted = PDF_TARGETS.includes(target)
  const resolution = resolutionOf(conversion)
  const stated = resolution ?? (isPrinted ? 'marked' : 'kept')
  onNote?.(note(`tracked_changes_${stated}`, { count }))
  if (!resolution) return document
  const resolved = await resolveChanges(document, resolution, copying)
  // Counting its pages lays it out as a whole: see `uno/whole-layout.ts`.
  if (isPrinted) await resolved.count('text', signal)
  return resolved
}

async function resolveChanges(
  document: OfficeDocument,
  resolution: ChangeResolution,
  copying: TextCopying,
): Promise<OfficeDocument> {
  const { signal } = copying
  const isResolvedIn = async (text: OfficeDocument) =>
    (await text.withModel(
      (component, session) => resolveTrackedChanges(component, resolution, session),
      signal,
    )) ||
    // For some kinds of changes LibreOffice imports only the outcome.
    (await text.withModel(countTrackedChanges, signal)) === 0
  if (await isResolvedIn(document)) return document
  // Its author marked it as read-only.
  const copy = await replacedBy(
    await writeFlatCopy(document, new SettingsRemover(), copying),
    document,
    copying,
  )
  if (await isResolvedIn(copy)) return copy
  throw new AppError('conversion_failed', { log: `tracked changes could not be ${resolution}` })
}

/**
 * Counts the hidden text that a PDF does not show, after printing: writing a copy makes LibreOffice redraw embedded
 * objects.
 * @throws as `textAsRequested`
 */
export async function countHiddenText(
  document: OfficeDocument,
  { hasHiddenText = false, target, options = {}, onNote }: Conversion,
  copying: FlatCopying,
): Promise<void> {
  if (!hasHiddenText || options.hiddenText === true || !PDF_TARGETS.includes(target)) return
  const remover = new HiddenTextRemover({ keepsHidingStyles: false })
  await writeFlatCopy(document, remover, copying)
  if (remover.count > 0) onNote?.(note('hidden_text_left_out', { count: remover.count }))
}

async function withHiddenTextAsWanted(
  document: OfficeDocument,
  { hasHiddenText = false, format, target, options = {}, onNote }: Conversion,
  copying: TextCopying,
): Promise<OfficeDocument> {
  const isPrinted = PDF_TARGETS.includes(target)
  const keepsHidingStyles = OPEN_TEXTS.includes(format) && WITHOUT_SECTIONS.includes(target)
  if (!hasHiddenText || !(isPrinted || keepsHidingStyles || PLAIN.includes(target))) return document
  await document.withModel(refreshFields, copying.signal)
  if (options.hiddenText === true)
    return replacedBy(await writeFlatCopy(document, new HiddenTextShower(), copying), document, copying)
  // LibreOffice never prints it.
  if (isPrinted) return document
  const remover = new HiddenTextRemover({ keepsHidingStyles })
  const copy = await writeFlatCopy(document, remover, copying)
  if (remover.count === 0) return document
  onNote?.(note('hidden_text_left_out', { count: remover.count }))
  return replacedBy(copy, document, copying)
}

async function withCommentsAsWanted(
  document: OfficeDocument,
  { format, target, options = {}, signal }: Conversion,
  copying: TextCopying & { isCopy: boolean },
): Promise<OfficeDocument> {
  if (!PDF_TARGETS.includes(target)) return document
  if (options.comments === 'margin') {
    // OpenDocument has its own marks for it.
    if (!copying.isCopy && !OPEN_TEXTS.includes(format)) return document
    return replacedBy(await writeFlatCopy(document, new SettingsRemover(), copying), document, copying)
  }
  await document.withModel(printNoComments, signal)
  return document
}
