import { pathToFileURL } from 'node:url'
import type { Bridge } from './bridge.ts'
import { OfficeDocument } from './document.ts'
import { createInstanceWithContext, getServiceManager, loadComponentFromUrl } from './methods.ts'
import { openBridge } from './open-bridge.ts'
import { initialObject, RemoteObject } from './remote-object.ts'
import { type IndicatorListener, withIndicator } from './status-indicator.ts'
import { type ProtocolError, UnoError } from './uno-errors.ts'
import { any, type InterfaceReference, properties, type UnoAny } from './values.ts'
import { type BeforeLayout, withWholeLayout } from './whole-layout.ts'

export interface LoadOptions {
  /** LibreOffice's name of the import filter; without it the content decides. */
  filter?: string | undefined
  /** The filter's own options, such as the delimiter of a CSV. */
  filterOptions?: string | undefined
  password?: string | undefined
  /** Allows changes by commands as well. */
  isEditable?: boolean
  /** Lays a text out as a whole while it loads; it costs some calls and has no effect on others. */
  wholeLayout?: boolean
  /** Changes a text before that. */
  beforeLayout?: BeforeLayout | undefined
  onProgress?: IndicatorListener | undefined
  signal?: AbortSignal | undefined
}

const NO_MACROS = 0
const NO_LINK_UPDATES = 0
const SAFE = {
  Hidden: any('boolean', true),
  ReadOnly: any('boolean', true),
  MacroExecutionMode: any('short', NO_MACROS),
  UpdateDocMode: any('short', NO_LINK_UPDATES),
}

/** A running LibreOffice, ready to load documents, one at a time, because it works on one thread. */
export class Office {
  readonly #bridge: Bridge
  readonly #desktop: RemoteObject
  readonly #events: RemoteObject

  private constructor(bridge: Bridge, desktop: RemoteObject, events: RemoteObject) {
    this.#bridge = bridge
    this.#desktop = desktop
    this.#events = events
  }

  /**
   * Connects and requests the desktop. A process with a fresh profile accepts and then exits with code 81, to be
   * restarted: then this throws, and the caller starts, waits and connects again.
   * @throws ProtocolError when there is no answer; the signal's reason when it aborts first
   */
  static async connect(socketPath: string, signal?: AbortSignal): Promise<Office> {
    const bridge = await openBridge(socketPath, signal)
    try {
      return await Office.over(bridge, signal)
    } catch (error) {
      bridge.close()
      throw error
    }
  }

  /** The same over an open connection. @throws ProtocolError; the signal's reason */
  static async over(bridge: Bridge, signal?: AbortSignal): Promise<Office> {
    const context = await initialObject(bridge, 'StarOffice.ComponentContext', signal)
    const manager = existing(bridge, await context.call(getServiceManager, [], signal), 'service manager')
    const reference = await context.reference('com.sun.star.uno.XComponentContext')
    const create = async (name: string) => {
      const service = `com.sun.star.frame.${name}`
      return existing(
        bridge,
        await manager.call(createInstanceWithContext, [service, reference], signal),
        name,
      )
    }
    // These are never released: LibreOffice disconnects a peer that holds no reference.
    return new Office(bridge, await create('Desktop'), await create('GlobalEventBroadcaster'))
  }

  /** Resolves once, with the reason, when the engine is dead. */
  get closed(): Promise<ProtocolError> {
    return this.#bridge.closed
  }

  /** For leak checks from document to document. */
  get counts(): { pending: number; exported: number } {
    return this.#bridge.counts
  }

  /**
   * Loads a file with macros off and without following links. Null when LibreOffice cannot load it and gives no reason:
   * a locked ODF or ppt, a broken package.
   * @throws UnoError with its reason; ProtocolError; the signal's reason
   */
  async load(path: string, options: LoadOptions = {}): Promise<OfficeDocument | null> {
    const url = pathToFileURL(path).href
    const reference = await withIndicator(this.#bridge, options, StatusIndicator => {
      const editable = options.isEditable && { ReadOnly: any('boolean', false) }
      const preferences = properties({ ...SAFE, ...editable, StatusIndicator, ...named(options) })
      const load = () =>
        this.#desktop.call(loadComponentFromUrl, [url, '_blank', 0, preferences], options.signal)
      if (!options.wholeLayout) return load()
      const { beforeLayout: before, signal } = options
      const layout = { bridge: this.#bridge, events: this.#events, before, signal }
      return withWholeLayout(layout, load)
    })
    return reference && new OfficeDocument(this.#bridge, new RemoteObject(this.#bridge, reference))
  }

  /** Disconnects. The process continues. */
  close(): void {
    this.#bridge.close()
  }
}

function named({ filter, filterOptions, password }: LoadOptions): Record<string, UnoAny | undefined> {
  return {
    FilterName: text(filter),
    FilterOptions: text(filterOptions),
    Password: text(password),
  }
}

function text(value: string | undefined): UnoAny | undefined {
  return value === undefined ? undefined : any('string', value)
}

function existing(bridge: Bridge, reference: InterfaceReference | null, what: string): RemoteObject {
  if (!reference) throw new UnoError('com.sun.star.container.NoSuchElementException', `no ${what}`)
  return new RemoteObject(bridge, reference)
}
