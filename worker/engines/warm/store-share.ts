import type { Conversion } from '#worker/engine.ts'
import type { Caller } from '#worker/uno/caller.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { getLayerManager } from '#worker/uno/methods.ts'
import { type PrintedLayers, printedLayers } from '#worker/uno/printed-layers.ts'
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
    // Now, because LibreOffice answers on no other thread while it exports.
    const supplier = await component.reference(getLayerManager.interfaceName)
    if (!supplier) return store().then(() => undefined)
    let layers: PrintedLayers | undefined
    let isShown = share.drawsFirst
    let isWhole = isShown
    const show = async (caller: Caller) => {
      // Most exports draw all of their pages.
      layers ??= await printedLayers(supplier, { bridge: caller, signal })
      await layers.show(isShown, caller)
    }
    const betweenPages: BetweenPages = (printed, waiting) => {
      if (printed.done >= printed.total || share.drawsNext(printed) === isShown) return undefined
      isShown = !isShown
      isWhole = false
      return show(waiting)
    }
    if (!isShown) await show(session.bridge)
    await store(betweenPages).finally(() => layers?.release())
    if (isWhole || kind !== 'presentation') return undefined
    return (await visibleSlides(component, session)).visible
  }, signal)
}
