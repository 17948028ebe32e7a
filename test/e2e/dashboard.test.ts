import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '#test/browser.ts'
import { createDatabase } from '#test/create-database.ts'
import { letter } from '#test/documents/letter.ts'
import { clearAway, makeDataDir } from '#test/test-instance.ts'
import { send } from '#test/test-server.ts'
import { until } from '#test/until.ts'
import { startWeb, type Web } from '#test/web.ts'

const ADMIN_TOKEN = 'the token of the admin'
const OPERATOR_TOKEN = 'the token of one who looks'
const JOBS = 10_000

/** Nine in ten are completed, the others failed: half of those with an error that another try might not have. */
const FILL = `
  INSERT INTO jobs (id, batch_id, owner, file_name, source_format, source_bytes, source_sha256, target, max_attempts,
    message_id, attempt, state, error, created_at, started_at, finished_at, expires_at)
  SELECT md5(n::text)::uuid, md5((n / 20)::text)::uuid, 'owner-' || n % 50, 'Report ' || n || '.docx', 'docx', 1000,
    encode(sha256(n::text::bytea), 'hex'), 'pdf', 3, gen_random_uuid(), 3,
    CASE WHEN n % 10 = 0 THEN 'failed' ELSE 'completed' END::job_state,
    CASE WHEN n % 10 = 0 THEN jsonb_build_object('code', CASE WHEN n % 20 = 0 THEN 'stalled' ELSE 'corrupt_file' END,
      'details', '{}'::jsonb, 'retryable', n % 20 = 0) END,
    at, at, at + interval '3 s', now() + interval '1 day'
  FROM generate_series(1, ${JOBS}) AS n, LATERAL (SELECT now() - n * interval '20 s') AS t(at)`

describe('the dashboard over ten thousand jobs', () => {
  const dataDir = makeDataDir()
  let database: Awaited<ReturnType<typeof createDatabase>>
  let sql: pg.Client
  let web: Web
  let browser: Browser
  let page: Page

  before(async () => {
    database = await createDatabase({ recorded: false })
    sql = new pg.Client({ connectionString: database.url })
    await sql.connect()
    await sql.query(FILL)
    await sql.query('VACUUM ANALYZE jobs')
    web = await startWeb({ dataDir, databaseUrl: database.url, env: { ADMIN_TOKEN, OPERATOR_TOKEN } })
    browser = await openBrowser()
    page = await (await browser.newContext()).newPage()
  })
  after(async () => {
    await browser?.close()
    await web?.end()
    await sql?.end()
    await database.drop()
    await clearAway(dataDir)
  })

  const one = async (text: string, values: unknown[] = []) =>
    Object.values((await sql.query(text, values)).rows[0])[0]
  const stateOf = (id: string) => one('SELECT state FROM jobs WHERE id = $1', [id])
  const count = (where: string) => one(`SELECT count(*)::int FROM jobs WHERE ${where}`)
  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true })
  const upload = async (): Promise<string> =>
    (await (await send(web.url, { name: 'Letter.docx', bytes: await letter({ pages: 1 }) })).json()).id
  async function signIn(token: string, on: Page): Promise<void> {
    await on.getByLabel('Token').fill(token)
    await button('Sign in', on).click()
  }

  it('opens for a token alone', async () => {
    await page.goto(`${web.url}/admin/jobs`)
    assert.match(page.url(), /\/admin\/sign-in\?to=/)
    await signIn('the token of somebody', page)
    await page.getByRole('alert').getByText('neither the admin token').waitFor()
    await signIn(ADMIN_TOKEN, page)
    await page.getByRole('heading', { name: 'Jobs' }).waitFor()
    await page.locator('[data-facet="completed"]', { hasText: '1,000+' }).waitFor()
    assert.equal(await page.locator('tr[data-job]').count(), 50)
  })

  it('changes rows in place and lets new ones wait, pushed', async () => {
    const first = await page.locator('tr[data-job]').first().getAttribute('data-job')
    const id = await upload()
    await page.getByText('1 new job').click()
    const row = page.locator(`tr[data-job="${id}"]`)
    await row.waitFor()
    assert.equal(await page.locator('tr[data-job]').nth(1).getAttribute('data-job'), first)
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
    await fetch(`${web.url}/admin/jobs/${id}/cancel`, { method: 'POST', headers })
    await row.and(page.locator('[data-state="cancelled"]')).waitFor()
  })

  it('tries a job again and cancels it on its page, and deletes its files after a question', async () => {
    const id = (await page.locator('tr[data-job]').first().getAttribute('data-job')) ?? ''
    await page.locator(`tr[data-job="${id}"] a`).first().click()
    await button('Try again').click()
    await page.getByRole('status').getByText('Done.').waitFor()
    assert.equal(await stateOf(id), 'queued')
    await button('Cancel').click()
    await button('Try again').waitFor()
    assert.equal(await stateOf(id), 'cancelled')
    await page.getByRole('link', { name: 'Delete files…' }).click()
    await page.getByText('1 job will be changed').waitFor()
    await button('Delete the files').click()
    await page.getByText('1 job was changed.').waitFor()
    assert.ok(await one('SELECT files_deleted_at FROM jobs WHERE id = $1', [id]))
  })

  it('acts on chosen rows, and says before which stay as they are', async () => {
    await page.goto(`${web.url}/admin/jobs?errorCode=corrupt_file`)
    const rows = page.locator('tr[data-job]')
    const ids = [await rows.nth(0).getAttribute('data-job'), await rows.nth(1).getAttribute('data-job')]
    await rows.nth(0).getByRole('checkbox').check()
    await rows.nth(1).getByRole('checkbox').check()
    await button('Cancel…').click()
    await page.getByText('2 jobs stay as they are').waitFor()
    await page.getByRole('link', { name: 'Back' }).click()
    await rows.nth(0).getByRole('checkbox').check()
    await rows.nth(1).getByRole('checkbox').check()
    await button('Try again…').click()
    await page.getByText('2 jobs will be changed').waitFor()
    await button('Try again').click()
    await page.getByText('2 jobs were changed.').waitFor()
    for (const id of ids) assert.equal(await stateOf(id ?? ''), 'queued')
  })

  it('acts on all that a search finds', async () => {
    await page.goto(`${web.url}/admin/jobs`)
    await page.getByText('Search', { exact: true }).first().click()
    await page.getByLabel('Owner').fill('owner-7')
    await page.getByLabel('File name begins with').fill('report 1')
    await button('Search').click()
    const expected = await count(`owner = 'owner-7' AND file_name LIKE 'Report 1%'`)
    await page.waitForURL(/owner=owner-7/)
    await page.getByLabel('Apply to').selectOption('all')
    await button('Delete files…').click()
    await page.getByText(`${expected} jobs will be changed`).waitFor()
    await button('Delete the files').click()
    await page.getByText(`${expected} jobs were changed.`).waitFor()
    assert.equal(await count("files_deleted_at IS NOT NULL AND owner = 'owner-7'"), expected)
  })

  it('tries dead letters again, of one owner', async () => {
    await page.getByRole('link', { name: 'Dead letters' }).click()
    await page.getByRole('heading', { name: 'Dead letters' }).waitFor()
    await page.getByText('Search', { exact: true }).first().click()
    await page.getByLabel('Owner').fill('owner-20')
    await button('Search').click()
    await page.waitForURL(/owner=owner-20/)
    await page.getByLabel('Apply to').selectOption('all')
    await button('Try again…').click()
    await button('Try again').click()
    await page.getByText('100 jobs were changed.').waitFor()
    assert.equal(await count(`owner = 'owner-20' AND state = 'queued'`), 100)
    assert.equal(await count(`owner = 'owner-20' AND state = 'failed' AND (error->>'retryable')::boolean`), 0)
    await page.getByText('No job is found by this search.').waitFor()
  })

  it('has all of that in the audit, and what holds in the settings', async () => {
    await page.getByRole('link', { name: 'Audit' }).click()
    await page.getByRole('cell', { name: 'Acted on several jobs' }).first().waitFor()
    const actions = (await sql.query('SELECT action FROM audit ORDER BY id')).rows.map(({ action }) => action)
    const bulk = Array.from({ length: 4 }, () => 'bulk_jobs')
    assert.deepEqual(actions, ['sign_in', 'cancel_job', 'retry_job', 'cancel_job', ...bulk])
    assert.equal(await one('SELECT count(*)::int FROM audit WHERE outcome IS NULL'), 0)
    await page.getByRole('link', { name: 'Settings' }).click()
    const row = page.getByRole('row', { name: /^ADMIN_TOKEN/ })
    await row.getByText('environment', { exact: true }).waitFor()
    assert.ok(!(await page.content()).includes(ADMIN_TOKEN))
  })

  it('lets one with the operator token look only, without JavaScript too', async () => {
    const context: BrowserContext = await browser.newContext({ javaScriptEnabled: false })
    const looker = await context.newPage()
    await looker.goto(`${web.url}/admin/jobs`)
    await signIn(OPERATOR_TOKEN, looker)
    await looker.getByText('Signed in to look only').waitFor()
    assert.equal(await looker.locator('tr[data-job]').count(), 50)
    assert.equal(await looker.getByRole('checkbox').count(), 0)
    await looker.locator('tr[data-job] a').first().click()
    await looker.getByRole('heading', { name: 'Attempts' }).waitFor()
    assert.equal(await button('Try again', looker).count(), 0)
    await button('Sign out', looker).click()
    await looker.getByLabel('Token').waitFor()
    await context.close()
  })

  it('is closed again after signing out, and another page of it says so and leads back to itself', async () => {
    const other = await page.context().newPage()
    await other.goto(`${web.url}/admin`)
    await other.getByRole('heading', { name: 'Needs attention' }).waitFor()
    await button('Sign out').click()
    await page.getByLabel('Token').waitFor()
    await other.getByRole('alert').getByText('You are signed out').waitFor()
    await other.getByRole('link', { name: 'Sign in again' }).click()
    await other.waitForURL(/sign-in\?to=%2Fadmin$/)
    await other.close()
    await page.goto(`${web.url}/admin/settings`)
    await until('the sign-in page', () => page.url().includes('/admin/sign-in'))
  })
})
