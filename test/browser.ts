import { type Browser, chromium, type Page } from 'playwright-core'
import { until } from './until.ts'

export interface Drop {
  name: string
  bytes: Buffer
}

/** Without its own calls home. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's Chromium. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS })
}

/** A page of either library that drives browsers. */
interface Evaluating {
  evaluate<Result>(run: (text: string) => Result, text: string): Promise<Awaited<Result>>
}

/** Drops files onto the page as a person does from a folder window. */
export async function drop(page: Evaluating, files: Drop[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }))
  await page.evaluate(takeUp, JSON.stringify(given))
  // Its scripts may still be on their way: nobody lets go before the page shows that it sees the files.
  await until('the page sees the files', () => page.evaluate(drag, 'dragover'))
  await page.evaluate(drag, 'drop')
}

/** Runs in the page. */
function takeUp(json: string): void {
  const list: { name: string; base64: string }[] = JSON.parse(json)
  const dragged = new DataTransfer()
  for (const { name, base64 } of list) {
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
    dragged.items.add(new File([bytes], name))
  }
  Object.assign(globalThis, { dragged })
}

/** Runs in the page. Gives whether it sees the files. */
function drag(type: string): boolean {
  const { dragged } = globalThis as unknown as { dragged: DataTransfer }
  document.body.dispatchEvent(
    new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: dragged }),
  )
  return document.querySelector('.drop[data-over="true"]') !== null
}

/** Drops a folder of this machine onto the page; only the browser itself can make an entry of one. */
export async function dropFolder(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data })
  await session.detach()
}

/** The row of a file, in a state where one is given. */
export const rowSelector = (name: string, state?: string) =>
  `li[data-state${state ? `="${state}"` : ''}]:has([title="${name}"])`

/** The row of a file. */
export const rowOf = (page: Page, name: string) => page.locator(rowSelector(name))

/** Waits for a row's state. */
export const reach = (page: Page, name: string, state: string) =>
  page.locator(rowSelector(name, state)).waitFor({ timeout: 90_000 })

/** What a page does on the wire: which of its status requests, and which of the server's events. */
export function listenIn(page: Page): { statusRequests: string[]; events: string[] } {
  const heard = { statusRequests: [] as string[], events: [] as string[] }
  page.on('request', request => {
    const path = new URL(request.url()).pathname
    if (request.method() === 'GET' && /^\/api\/(jobs|status)(\/[\w-]+)?$/.test(path))
      heard.statusRequests.push(path)
  })
  const note = (text: string) => {
    for (const [, name] of text.matchAll(/42\["(\w+)"/g)) heard.events.push(name ?? '')
  }
  page.on('websocket', socket => socket.on('framereceived', frame => note(String(frame.payload))))
  page.on('response', async response => {
    if (response.url().includes('/socket.io/') && response.request().method() === 'GET')
      note(await response.text().catch(() => ''))
  })
  return heard
}
