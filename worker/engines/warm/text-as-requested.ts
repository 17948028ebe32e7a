/** What of a text is shown: its tracked changes, and what is hidden in it. */
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

/** Texts without marks of their own: nobody could tell there what was deleted, or what is hidden. */
const PLAIN = ['txt', 'html']
/** They know hidden text, but neither hidden sections nor paragraphs that a field hides; OpenDocument knows all. */
const WITHOUT_SECTIONS = ['docx', 'rtf']

/** Whether changes are to be accepted or rejected, which LibreOffice does in what it may edit alone. */
export function resolvesChanges(conversion: Conversion): boolean {
  const isText = SOURCES.get(conversion.format)?.family === 'document'
  return isText && conversion.trackedChanges !== 0 && resolutionOf(conversion) !== undefined
}

/**
 * The text as it was asked for: itself, changed, or a copy of it; then the document given is closed.
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
  // To tell its pages it is laid out as a whole: see `uno/whole-layout.ts`.
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
    // Of some kinds of changes LibreOffice reads the outcome alone.
    (await text.withModel(countTrackedChanges, signal)) === 0
  if (await isResolvedIn(document)) return document
  // Its author asked for it to be read only.
  const copy = await replacedBy(
    await writeFlatCopy(document, new SettingsRemover(), copying),
    document,
    copying,
  )
  if (await isResolvedIn(copy)) return copy
  throw new AppError('conversion_failed', { log: `tracked changes could not be ${resolution}` })
}

/**
 * Counts the hidden text that a PDF does not show, once that is printed: writing a copy has LibreOffice
 * draw embedded objects anew.
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
  // LibreOffice prints none of it anyway.
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
    // OpenDocument has its own word on it.
    if (!copying.isCopy && !OPEN_TEXTS.includes(format)) return document
    return replacedBy(await writeFlatCopy(document, new SettingsRemover(), copying), document, copying)
  }
  await document.withModel(printNoComments, signal)
  return document
}
