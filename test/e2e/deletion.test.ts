import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { drop, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { until } from '#test/until.ts'

describe('a person who cleans up', () => {
  const here = instanceAndBrowser()
  let page: Page

  before(async () => {
    page = await here.browser.newPage()
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
  })

  const resultOf = async (id: string) => (await fetch(`${here.instance.url}/api/jobs/${id}/result`)).status
  const converted = async (name: string) => {
    await drop(page, [{ name, bytes: await deck({ slides: 2 }) }])
    await reach(page, name, 'completed')
    return (await rowOf(page, name).getAttribute('data-job')) ?? ''
  }

  it('takes a deletion back, and what was not taken back is deleted when the page is left', async () => {
    const id = await converted('Draft.pptx')
    const remove = rowOf(page, 'Draft.pptx').getByRole('button', { name: /^Delete/ })
    await remove.click()
    await rowOf(page, 'Draft.pptx').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Undo/ }).click()
    await reach(page, 'Draft.pptx', 'completed')
    assert.equal(await resultOf(id), 200)
    await remove.click()
    await page.reload()
    await until('the result is gone', async () => (await resultOf(id)) === 410)
    await page.goto(`${here.instance.url}/jobs/${id}`)
    await page.getByText('UTC, on request').waitFor()
  })

  it('converts a kept source again into something else from the page of its job', async () => {
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
    const id = await converted('Again.pptx')
    await page.goto(`${here.instance.url}/jobs/${id}`)
    await page.locator('summary', { hasText: 'Convert again' }).click()
    await page.getByLabel('Into').selectOption('png')
    await page.getByRole('button', { name: 'Convert again' }).click()
    await page.waitForURL(url => url.pathname.startsWith('/jobs/') && !url.pathname.includes(id))
    await page.locator('[data-state="completed"]').waitFor({ timeout: 90_000 })
    await page.getByRole('link', { name: /Download/ }).waitFor()
  })

  it('deletes all files at once', async () => {
    await page.goto(here.instance.url)
    const id = (await rowOf(page, 'Again.pptx').first().getAttribute('data-job')) ?? ''
    await page.getByRole('button', { name: 'Delete all my files' }).click()
    await page.getByText('All your files are deleted.').waitFor()
    assert.equal(await rowOf(page, 'Again.pptx').count(), 0)
    await page.reload()
    await until('no result is left', async () => (await resultOf(id)) === 410)
  })
})
