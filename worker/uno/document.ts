import { pathToFileURL } from 'node:url'
import type { Bridge } from './bridge.ts'
import { pictureFilter, pictureSize } from './first-page.ts'
import {
  attachResource,
  close,
  getCount,
  getCurrentController,
  getDrawPages,
  getPropertyValue,
  getSheets,
  getUrl,
  storeToUrl,
  supportsService,
} from './methods.ts'
import { drawPageSize, type PageSize, sheetPageSize, textPageSize } from './page-size.ts'
import type { UnoSession } from './remote-access.ts'
import { RemoteObject } from './remote-object.ts'
import { type IndicatorListeners, withIndicator } from './status-indicator.ts'
import { any, type InterfaceReference, properties, propertiesAny, type UnoAny, VOID } from './values.ts'

/** The kind of a document; any other one (a formula, a chart alone) can only be stored. */
export type DocumentKind = 'presentation' | 'drawing' | 'spreadsheet' | 'text' | 'other'

const SERVICES: readonly (readonly [DocumentKind, string])[] = [
  ['presentation', 'com.sun.star.presentation.PresentationDocument'],
  ['drawing', 'com.sun.star.drawing.DrawingDocument'],
  ['spreadsheet', 'com.sun.star.sheet.SpreadsheetDocument'],
  ['text', 'com.sun.star.text.GenericTextDocument'],
]

export interface StoreOptions extends IndicatorListeners {
  /** The filter's own options; each filter reads only one of the two forms. */
  filterData?: Readonly<Record<string, UnoAny | undefined>> | undefined
  filterOptions?: string | undefined
  /** Encrypts the result. */
  password?: string | undefined
  signal?: AbortSignal | undefined
}

export interface FirstPageOptions {
  /** In pixels. */
  longestSide: number
  signal?: AbortSignal | undefined
}

/** A loaded document. It stays in LibreOffice's memory until it is closed. */
export class OfficeDocument {
  readonly #bridge: Bridge
  readonly #component: RemoteObject

  constructor(bridge: Bridge, component: RemoteObject) {
    this.#bridge = bridge
    this.#component = component
  }

  /** @throws UnoError, ProtocolError, the signal's reason; so do all calls here */
  supportsService(service: string, signal?: AbortSignal): Promise<boolean> {
    return this.#component.call(supportsService, [service], signal)
  }

  async kind(signal?: AbortSignal): Promise<DocumentKind> {
    for (const [kind, service] of SERVICES) if (await this.supportsService(service, signal)) return kind
    return 'other'
  }

  /**
   * Slides of a presentation, pages of a drawing, sheets of a spreadsheet, including hidden ones; pages of a text. Null
   * for other documents. Counting lays a text out, which its export then need not do again.
   */
  async count(kind: DocumentKind, signal?: AbortSignal): Promise<number | null> {
    if (kind === 'text') return this.#textPages(signal)
    if (kind === 'spreadsheet')
      return this.#countOf(await this.#component.call(getSheets, [], signal), signal)
    if (kind === 'other') return null
    return this.#countOf(await this.#component.call(getDrawPages, [], signal), signal)
  }

  /** Runs a step that has no method here. */
  withModel<T>(
    step: (document: RemoteObject, withModel: UnoSession) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return step(this.#component, { bridge: this.#bridge, signal })
  }

  /** Forgets the password of an Office package, with which LibreOffice would lock each OpenDocument that it writes. */
  async forgetPassword(signal?: AbortSignal): Promise<void> {
    const url = await this.#component.call(getUrl, [], signal)
    await this.#component.call(attachResource, [url, properties({ EncryptionData: VOID })], signal)
  }

  /** Writes the document in another format. `filter` is LibreOffice's name, such as `impress_pdf_Export`. */
  async store(path: string, filter: string, options: StoreOptions = {}): Promise<void> {
    const { filterData, filterOptions, password, signal } = options
    const url = pathToFileURL(path).href
    await withIndicator(this.#bridge, options, StatusIndicator => {
      const preferences = properties({
        FilterName: any('string', filter),
        Overwrite: any('boolean', true),
        FilterData: filterData && propertiesAny(filterData),
        FilterOptions: filterOptions === undefined ? undefined : any('string', filterOptions),
        Password: password === undefined ? undefined : any('string', password),
        StatusIndicator,
      })
      return this.#component.call(storeToUrl, [url, preferences], signal)
    })
  }

  /**
   * Writes the first page as PNG, in its own proportions with no side longer than `longestSide` pixels. False when
   * there is nothing to draw.
   */
  async storeFirstPage(path: string, kind: DocumentKind, options: FirstPageOptions): Promise<boolean> {
    const { longestSide, signal } = options
    const filter = pictureFilter(kind)
    const page = filter && (await this.#pageSize(kind, signal))
    if (!page) return false
    await this.store(path, filter, { filterData: pictureSize(kind, page, longestSide), signal })
    return true
  }

  /** Frees the document, even if other objects in LibreOffice still hold it. */
  async close(signal?: AbortSignal): Promise<void> {
    try {
      await this.#component.call(close, [true], signal)
    } finally {
      this.#component.release()
    }
  }

  #pageSize(kind: DocumentKind, signal?: AbortSignal): Promise<PageSize | null> {
    if (kind === 'spreadsheet') return this.withModel(sheetPageSize, signal)
    if (kind === 'text') return this.withModel(textPageSize, signal)
    return this.withModel(drawPageSize, signal)
  }

  async #countOf(reference: InterfaceReference | null, signal?: AbortSignal): Promise<number | null> {
    if (!reference) return null
    const parts = new RemoteObject(this.#bridge, reference)
    try {
      return await parts.call(getCount, [], signal)
    } finally {
      parts.release()
    }
  }

  async #textPages(signal?: AbortSignal): Promise<number | null> {
    const reference = await this.#component.call(getCurrentController, [], signal)
    if (!reference) return null
    const controller = new RemoteObject(this.#bridge, reference)
    try {
      const { value } = await controller.call(getPropertyValue, ['PageCount'], signal)
      return typeof value === 'number' ? value : null
    } finally {
      controller.release()
    }
  }
}
