/**
 * What a user does on the main page before the code for it is there: files are kept until it takes them, clicks and
 * choices are done again. Independent of React.
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

/** Leaving the page would lose the files. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

export class EarlyInput {
  #hasEnded = false
  #listening = new AbortController()
  readonly #files: Promise<DroppedFiles>[] = []
  readonly #replays: (() => void)[] = []

  /**
   * Begins, unless it has ended; `onSign` is called for whatever a user does. `root` has no handlers of its own yet.
   * Returns the function that stops it and keeps what there is.
   */
  begin(root: Element, onSign: () => void): () => void {
    if (this.#hasEnded) return () => {}
    const listening = new AbortController()
    this.#listening = listening
    for (const name of SIGNS) this.#listen(name, onSign)
    this.#listen<DragEvent>('dragover', event => this.#over(event))
    this.#listen<DragEvent>('drop', event => this.#receive(event, event.dataTransfer))
    this.#listen<ClipboardEvent>('paste', event => this.#receive(event, event.clipboardData))
    this.#listen('change', event => this.#changed(event))
    this.#listen<MouseEvent>('click', event => this.#clicked(event, root))
    return () => listening.abort()
  }

  /** Hands over all that is kept to the code that has arrived: its handlers are there now. */
  end(receive: (dropped: DroppedFiles) => void): void {
    this.#hasEnded = true
    this.#listening.abort()
    removeEventListener('beforeunload', warn)
    for (const files of this.#files.splice(0)) void files.then(receive)
    for (const replay of this.#replays.splice(0)) replay()
  }

  /** Before all handlers of the page. */
  #listen<T extends Event>(name: string, handler: (event: T) => void): void {
    addEventListener(name, handler as EventListener, { capture: true, signal: this.#listening.signal })
  }

  #over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }

  #receive(event: Event, data: DataTransfer | null): void {
    if (!data?.types.includes('Files')) return
    event.preventDefault()
    this.#keep(droppedFiles(data))
  }

  #keep(files: Promise<DroppedFiles>): void {
    this.#files.push(files)
    addEventListener('beforeunload', warn)
  }

  #changed({ target }: Event): void {
    if (target instanceof HTMLInputElement && target.files) {
      this.#keep(Promise.resolve(chosenFiles([...target.files])))
      target.value = ''
    }
    if (!(target instanceof HTMLSelectElement)) return
    const { value } = target
    this.#replays.push(() => {
      target.value = value
      target.dispatchEvent(new Event('change', { bubbles: true }))
    })
  }

  /** A panel opens when its fields work, and the picker of files while the browser takes it for the user's click. */
  #clicked(event: MouseEvent, root: Element): void {
    const { target } = event
    if (!(target instanceof Element) || !root.contains(target) || target.closest('a')) return
    event.preventDefault()
    event.stopPropagation()
    this.#replays.push(() =>
      target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })),
    )
  }
}
