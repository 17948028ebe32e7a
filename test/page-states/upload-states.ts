import type { CDPSession, Page } from 'playwright-core'
import { textNamedPptx } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { smallPdf } from '#test/documents/small-pdf.ts'
import { choose, fileOf, type OpenedPage, openHome, type PageState } from './page-state.ts'

/** Bytes a second: half a minute for the file that is sent here. */
const SLOW = 200_000

/** Files on their way, and those that are not taken. */
export const UPLOAD_STATES: readonly PageState[] = [
  { name: 'upload', reach: beginUpload },
  { name: 'upload-paused', reach: pauseUpload },
  { name: 'upload-offline', reach: loseNetwork },
  { name: 'upload-without-file', reach: loseFile },
  { name: 'upload-dropped-twice', reach: chooseTwice },
  { name: 'uploads-waiting', reach: chooseMany },
  { name: 'refused', reach: chooseRefused },
  { name: 'refused-other-settings', reach: openSettings },
]

/** Each page has one: what an older one asked for would still hold beside what a newer one asks for. */
const sessions = new WeakMap<Page, Promise<CDPSession>>()

/** How fast the page may send, in bytes a second; the network is the browser's own. */
async function limitNetwork({ page }: OpenedPage, uploadThroughput: number, offline = false): Promise<void> {
  const opening = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, opening)
  const session = await opening
  await session.send('Network.enable')
  const others = { latency: 0, downloadThroughput: -1 }
  await session.send('Network.emulateNetworkConditions', { offline, uploadThroughput, ...others })
}

const rowIn = ({ page }: OpenedPage, state: string) => page.locator(`li[data-state="${state}"]`)

async function beginUpload(at: OpenedPage): Promise<void> {
  await openHome(at)
  await limitNetwork(at, SLOW)
  await choose(at, at.stage.files.large)
  // From some percent on it is drawn as a bar.
  await at.page.waitForFunction(
    () => Number(document.querySelector('.rows [role=progressbar]')?.getAttribute('aria-valuenow')) > 4,
  )
}

async function pauseUpload(at: OpenedPage): Promise<void> {
  await beginUpload(at)
  await at.page.getByRole('button', { name: at.texts.t('row.pause') }).click()
  await rowIn(at, 'paused').waitFor()
}

/** This browser ends no request that is under way, so the next one has to find no network. */
async function loseNetwork(at: OpenedPage): Promise<void> {
  await pauseUpload(at)
  await limitNetwork(at, SLOW, true)
  await at.page.getByRole('button', { name: at.texts.t('row.goOn') }).click()
  await rowIn(at, 'offline').waitFor()
}

async function loseFile(at: OpenedPage): Promise<void> {
  await at.page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('not in this window', 'InvalidStateError')
    }
  })
  await beginUpload(at)
  await at.page.reload()
  await rowIn(at, 'lost').waitFor()
}

async function chooseTwice(at: OpenedPage): Promise<void> {
  await beginUpload(at)
  await choose(at, at.stage.files.large)
  await at.page.locator('.heading .note').waitFor()
}

/** More than are sent at once. */
async function chooseMany(at: OpenedPage): Promise<void> {
  await openHome(at)
  await limitNetwork(at, 1000)
  const bytes = await deck({ slides: 2 })
  const names = ['Opening', 'Keynote', 'Workshop', 'Panel', 'Closing']
  await choose(
    at,
    names.map(name => fileOf(`${name}.pptx`, bytes)),
  )
  await rowIn(at, 'waiting').first().waitFor()
  await rowIn(at, 'uploading').first().waitFor()
}

async function chooseRefused(at: OpenedPage): Promise<void> {
  await openHome(at)
  await choose(at, at.stage.files.tooLarge)
  await choose(at, [
    fileOf('Holiday.mp4', Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0')),
    fileOf('Empty.pptx', Buffer.alloc(0)),
    fileOf('Notes for Monday.pptx', textNamedPptx()),
  ])
  await at.page.locator('.drop .target select').selectOption('odt')
  await choose(at, fileOf('Report.pdf', Buffer.from(smallPdf(2))))
  await at.page.waitForFunction(() => document.querySelectorAll('li[data-state=refused]').length === 5)
}

async function openSettings(at: OpenedPage): Promise<void> {
  await chooseRefused(at)
  await at.page.locator('.send-again [aria-expanded]').click()
  await at.page.locator('.file-settings').waitFor()
}
