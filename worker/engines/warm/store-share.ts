import type { Conversion } from '#worker/engine.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { printedLayers } from '#worker/uno/printed-layers.ts'
import { visibleSlides } from '#worker/uno/printed-pages.ts'
import type { BetweenPages } from '#worker/uno/status-indicator.ts'

/**
 * Draws only the pages of a conversion's share while `store` exports them. Page ranges would renumber pages and change
 * links and bookmarks, so every page is exported: between two pages all layers are hidden or shown, on the thread that
 * exports.
 * @returns `Converted.slides`, where a page of a presentation was left empty
 * @throws UnoError, ProtocolError, the signal's reason
 */
export async function storeShare(
  document: OfficeDocument,
  { share, kind, signal }: Pick<Conversion, 'share' | 'signal'> & { kind: DocumentKind },
  store: (betweenPages?: BetweenPages) => Promise<void>,
): Promise<readonly number[] | undefined> {
  if (!share) return store().then(() => undefined)
  return document.withModel(async (component, session) => {
    const layers = await printedLayers(component, session)
    let isShown = share.drawsFirst
    let isWhole = isShown
    const show: BetweenPages = (printed, waiting) => {
      const isNextShown = share.drawsNext(printed)
      if (isNextShown === isShown) return undefined
      isShown = isNextShown
      isWhole = false
      return layers.show(isShown, waiting)
    }
    if (!isShown) await layers.show(false, session.bridge)
    await store(show).finally(() => layers.release())
    if (isWhole || kind !== 'presentation') return undefined
    return (await visibleSlides(component, session)).visible
  }, signal)
}
