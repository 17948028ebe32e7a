import type { MessageKey } from '#app/(pages)/messages/texts.ts'
import { goTo, isLive, loadPictures, type OpenedPage, openList, type PageState } from './page-state.ts'

/** The list with jobs in every state. */
export const LIST_STATES: readonly PageState[] = [
  { name: 'list-completed', reach: openList, person: ({ completed }) => completed.person },
  { name: 'list-failed', reach: openList, person: ({ failed }) => failed.person },
  { name: 'list-failed-other-settings', reach: openSettings, person: ({ failed }) => failed.person },
  { name: 'list-without-files', reach: openList, person: ({ withoutFiles }) => withoutFiles.person },
  { name: 'list-locked', reach: openList, person: ({ locked }) => locked.person },
  { name: 'list-busy', reach: openList, person: ({ busy }) => busy.person },
  { name: 'list-notify', reach: askToNotify, person: ({ busy }) => busy.person },
  { name: 'list-offline', reach: goOffline, person: ({ busy }) => busy.person },
  { name: 'list-checking', reach: blockPush, person: ({ busy }) => busy.person },
  { name: 'list-unanswered', reach: stopServer, leave: goOn, person: ({ busy }) => busy.person },
  { name: 'list-folder', reach: openList, person: ({ talks }) => talks.person },
  { name: 'list-merge', reach: openMerge, person: ({ talks }) => talks.person },
  { name: 'list-undo-one', reach: deleteOne, leave: undo, person: ({ talks }) => talks.person },
  { name: 'list-undo-folder', reach: deleteFolder, leave: undo, person: ({ talks }) => talks.person },
  { name: 'list-undo-all', reach: deleteAll, leave: undo, person: ({ talks }) => talks.person },
  { name: 'list-cleared', reach: clearFinished, person: ({ talks }) => talks.person },
  { name: 'list-link-by-hand', reach: copyByHand, person: ({ completed }) => completed.person },
]

const press = ({ page, texts }: OpenedPage, key: MessageKey) =>
  page
    .getByRole('button', { name: texts.t(key) })
    .first()
    .click()

async function openSettings(at: OpenedPage): Promise<void> {
  await openList(at)
  await at.page.locator('.send-again [aria-expanded]').first().click()
  await at.page.locator('.file-settings').waitFor()
}

async function askToNotify(at: OpenedPage): Promise<void> {
  await at.page.context().grantPermissions(['notifications'])
  await openList(at)
  await press(at, 'list.notify')
  await at.page.locator('.heading [aria-pressed="true"]').waitFor()
}

async function goOffline(at: OpenedPage): Promise<void> {
  await openList(at)
  await at.page.context().setOffline(true)
  await at.page.locator('[data-link="offline"]').waitFor()
}

/** What a proxy does that lets no push through. */
async function blockPush(at: OpenedPage): Promise<void> {
  const { page, stage } = at
  await page.routeWebSocket(/socket\.io/, socket => socket.close())
  await page.route(/socket\.io/, route => route.abort())
  await page.goto(stage.url)
  await page.locator('[data-link="checking"]').waitFor()
  await page.locator('.rows').waitFor()
  await loadPictures(at)
}

const signalWeb = ({ stage }: OpenedPage, signal: NodeJS.Signals) =>
  process.kill(stage.instance.instance().children.web?.pid ?? 0, signal)

async function stopServer(at: OpenedPage): Promise<void> {
  await openList(at)
  signalWeb(at, 'SIGSTOP')
  await at.page.locator('[data-link="unanswered"]').waitFor()
}

async function goOn(at: OpenedPage): Promise<void> {
  signalWeb(at, 'SIGCONT')
  await isLive(at)
}

async function openMerge(at: OpenedPage): Promise<void> {
  await openList(at)
  await at.page.locator('.batch .actions [aria-expanded]').click()
  await at.page.locator('form.merge').waitFor()
}

/** What is deleted here is still to be seen in other languages, even where the undo comes too late. */
async function openProtected(at: OpenedPage): Promise<void> {
  await at.page.route('**/api/**', route =>
    route.request().method() === 'DELETE' ? route.abort() : route.fallback(),
  )
  await openList(at)
}

async function deleteOne(at: OpenedPage): Promise<void> {
  await openProtected(at)
  const row = at.page.locator(`li[data-job="${at.stage.talks.ids.opening}"]`)
  await row.getByRole('button', { name: at.texts.t('row.delete') }).click()
  await undoButton(at).waitFor()
}

async function deleteFolder(at: OpenedPage): Promise<void> {
  await openProtected(at)
  const folder = at.page.locator('.batch .actions')
  await folder.getByRole('button', { name: at.texts.t('batch.delete') }).click()
  await undoButton(at).waitFor()
}

async function deleteAll(at: OpenedPage): Promise<void> {
  await openProtected(at)
  await press(at, 'list.deleteAllMine')
  await undoButton(at).waitFor()
}

const undoButton = ({ page, texts }: OpenedPage) => page.getByRole('button', { name: texts.t('list.undo') })

/** Before the page carries it out. */
async function undo(at: OpenedPage): Promise<void> {
  if (await undoButton(at).isVisible()) await undoButton(at).click()
}

async function clearFinished(at: OpenedPage): Promise<void> {
  await openList(at)
  await press(at, 'list.clearFinished')
  await at.page.locator('.rows').waitFor({ state: 'detached' })
}

/** The row of a phone has no button for it; the job's page has. */
async function copyByHand(at: OpenedPage): Promise<void> {
  const { page, stage } = at
  await page.addInitScript(() => {
    navigator.clipboard.writeText = async () => {
      throw new DOMException('Write permission denied.', 'NotAllowedError')
    }
  })
  await openList(at)
  const { whole } = stage.completed.ids
  const button = page.locator(`[data-job="${whole}"] .copy`)
  if (!(await button.isVisible())) {
    await goTo(`/jobs/${whole}`)(at)
    await isLive(at)
  }
  await button.click()
  await page.locator('.refusal').getByRole('textbox').waitFor()
}
