import type { OpenedPage, PageState } from './page-state.ts'
import { STAGE_ADMIN_TOKEN, STAGE_OPERATOR_TOKEN } from './stage.ts'

/** Signs in by the form, which leads to this page. */
export const signedInTo =
  (path: string, token = STAGE_ADMIN_TOKEN) =>
  async ({ page, stage }: OpenedPage): Promise<void> => {
    await page.goto(stage.url + path)
    await page.locator('#token').fill(token)
    await page.locator('.sign-in button').click()
    await page.locator('.admin-nav').waitFor()
  }

const opening = (path: (at: OpenedPage) => string) => (at: OpenedPage) => signedInTo(path(at))(at)

/** The pages of the dashboard. */
export const ADMIN_STATES: readonly PageState[] = [
  {
    name: 'admin-sign-in',
    reach: async ({ page, stage }) => void (await page.goto(`${stage.url}/admin`)),
  },
  {
    name: 'admin-wrong-token',
    reach: async ({ page, stage }) => void (await page.goto(`${stage.url}/admin/sign-in?why=wrong`)),
  },
  {
    name: 'admin-signed-out',
    reach: async at => {
      await opening(() => '/admin/jobs')(at)
      await at.page.evaluate(() => fetch('/admin/sign-out', { method: 'POST' }).then(() => {}))
      await at.page.locator('.outcome[role="alert"]').waitFor()
    },
  },
  { name: 'admin-jobs', reach: opening(() => '/admin/jobs') },
  { name: 'admin-jobs-searched', reach: opening(() => '/admin/jobs?state=failed&name=a&batchId=x') },
  { name: 'admin-jobs-changed', reach: opening(() => '/admin/jobs?done=retry&changed=3&unchanged=2&left=1') },
  { name: 'admin-refused', reach: opening(() => '/admin/queues?problem=job_finished') },
  { name: 'admin-look-only', reach: signedInTo('/admin/schedules', STAGE_OPERATOR_TOKEN) },
  { name: 'admin-bulk', reach: opening(() => '/admin/jobs/bulk?action=delete&scope=all') },
  { name: 'admin-job', reach: opening(({ stage }) => `/admin/jobs/${stage.completed.ids.lossy}`) },
  { name: 'admin-job-running', reach: opening(({ stage }) => `/admin/jobs/${stage.busy.ids.counted}`) },
  { name: 'admin-job-locked', reach: opening(({ stage }) => `/admin/jobs/${stage.locked.ids.asked}`) },
  {
    name: 'admin-job-deleted',
    reach: opening(({ stage }) => `/admin/jobs/${stage.withoutFiles.ids.forgotten}`),
  },
  { name: 'admin-job-webhook', reach: opening(({ stage }) => `/admin/jobs/${stage.completed.ids.changed}`) },
  { name: 'admin-job-unknown', reach: opening(() => '/admin/jobs/none') },
  {
    name: 'admin-job-failed',
    reach: async at => {
      await opening(({ stage }) => `/admin/jobs/${stage.failed.ids.crashed}`)(at)
      await at.page.evaluate(() => {
        for (const closed of document.querySelectorAll('details')) closed.open = true
      })
    },
  },
  { name: 'admin-dead-letters', reach: opening(() => '/admin/dead-letters') },
  { name: 'admin-audit', reach: opening(() => '/admin/audit') },
  { name: 'admin-settings', reach: opening(() => '/admin/settings') },
]
