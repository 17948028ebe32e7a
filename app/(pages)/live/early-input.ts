/**
 * What a user does on the main page before its code is there: files are kept, clicks and choices are done again, all in
 * their order. Independent of React.
 */
import { chosenFiles, type DroppedFiles, droppedFiles } from './dropped-files.ts'

/** What shows that there is a user. */
const SIGNS = [
  'pointermove',
  'pointerdown',
  'keydown',
  'focusin',
  'dragover',
  'drop',
  'paste',
  'change',
  'click',
]

type Receive = (dropped: DroppedFiles) => void

/** Leaving the page would lose the files. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

export class EarlyInput {
  #listening = new AbortController()
  #hasEnded = false
  readonly #acts: ((receive: Receive) => void | Promise<void>)[] = []

  /**
   * Begins, unless it has ended; `onSign` is called for whatever a user does. `root` has no handlers of its own yet.
   * Returns the function that stops it and keeps what there is.
   */
  begin(root: Element, onSign: () => void): () => void {
    if (this.#hasEnded) return () => {}
    const listening = new AbortController()
    this.#listening = listening
    for (const name of SIGNS) this.#listen(name, onSign)
    this.#listen<DragEvent>('dragover', allowDrop)
    this.#listen<DragEvent>('drop', event => this.#received(event, event.dataTransfer))
    this.#listen<ClipboardEvent>('paste', event => this.#received(event, event.clipboardData))
    this.#listen('change', event => this.#changed(event))
    this.#listen<MouseEvent>('click', event => this.#clicked(event, root))
    return () => listening.abort()
  }

  /** The handlers of the page are there now: hands files over to them, and repeats the rest. */
  async end(receive: Receive): Promise<void> {
    this.#hasEnded = true
    this.#listening.abort()
    for (const act of this.#acts.splice(0)) {
      await act(receive)
      // The page shows what one has changed before the next.
      await new Promise(resolve => setTimeout(resolve))
    }
    removeEventListener('beforeunload', warn)
  }

  /** Hears of an event before all handlers of the page. */
  #listen<T extends Event>(name: string, handler: (event: T) => void): void {
    addEventListener(name, handler as EventListener, { capture: true, signal: this.#listening.signal })
  }

  #received(event: Event, data: DataTransfer | null): void {
    if (!data?.types.includes('Files')) return
    event.preventDefault()
    this.#keep(droppedFiles(data))
  }

  #keep(files: Promise<DroppedFiles>): void {
    this.#acts.push(async receive => receive(await files))
    addEventListener('beforeunload', warn)
  }

  #changed({ target }: Event): void {
    if (target instanceof HTMLInputElement && target.files) {
      this.#keep(Promise.resolve(chosenFiles([...target.files])))
      target.value = ''
    }
    if (!(target instanceof HTMLSelectElement)) return
    const { value } = target
    this.#acts.push(() => {
      target.value = value
      target.dispatchEvent(new Event('change', { bubbles: true }))
    })
  }

  /** A panel opens only when its fields work. */
  #clicked(event: MouseEvent, root: Element): void {
    const { target } = event
    if (!(target instanceof Element) || !root.contains(target) || target.closest('a')) return
    event.preventDefault()
    event.stopPropagation()
    this.#acts.push(() => {
      target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    })
  }
}

/** As the page's own handler does. */
function allowDrop(event: DragEvent): void {
  if (!event.dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
}
