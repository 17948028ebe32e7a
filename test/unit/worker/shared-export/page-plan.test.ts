import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PagePlan, type Sharer } from '#worker/shared-export/page-plan.ts'

interface Drawer {
  sharer: Sharer
  page: number
  /** When it arrives at its next page. */
  at: number
}

interface Run {
  /** How long a page takes. */
  cost(page: number): number
  /** When the second engine has loaded the document. */
  loadedAt: number
}

/** Two engines draw so many pages, by a simulated clock; passing a page takes no time. Gives when each ended. */
function simulate(plan: PagePlan, { cost, loadedAt }: Run): { own: number; lent: number; drawn: Sharer[][] } {
  const own: Drawer = { sharer: 'own', page: 1, at: cost(0) }
  const lent: Drawer = { sharer: 'lent', page: 1, at: loadedAt }
  const drawn: Sharer[][] = Array.from({ length: plan.total }, () => [])
  drawn[0]?.push('own')
  for (;;) {
    const left = [own, lent].filter(({ page }) => page < plan.total)
    const [next] = left.sort((a, b) => a.at - b.at)
    if (!next) return { own: own.at, lent: lent.at, drawn }
    if (plan.draws(next.sharer, next.page)) {
      drawn[next.page]?.push(next.sharer)
      next.at += cost(next.page)
    }
    next.page += 1
  }
}

describe('a page plan', () => {
  for (const [what, cost] of [
    ['even pages', () => 1],
    ['pages that get heavier', (page: number) => 0.2 + page / 30],
    ['pages that get lighter', (page: number) => 2 - page / 60],
    ['a heavy beginning', (page: number) => (page < 20 ? 5 : 0.5)],
    ['a heavy middle', (page: number) => (page > 40 && page < 60 ? 5 : 0.5)],
  ] as const)
    it(`has every page drawn once, and both engines end together: ${what}`, () => {
      const { own, lent, drawn } = simulate(new PagePlan(100), { cost, loadedAt: 3 })
      assert.ok(drawn.every(by => by.length === 1))
      const total = drawn.reduce((sum, _, page) => sum + cost(page), 0)
      assert.ok(Math.max(own, lent) < 1.06 * (total / 2 + 1.5), `${own} and ${lent} of ${total}`)
    })

  it('gives the second engine nothing while only the page that is being drawn is left', () => {
    const plan = new PagePlan(3)
    assert.equal(plan.draws('own', 1), true)
    assert.equal(plan.draws('own', 2), true)
    assert.equal(plan.draws('lent', 1), false)
    assert.equal(plan.draws('lent', 2), false)
    assert.equal(plan.isShared, false)
  })

  it('draws nothing after the last page', () => {
    assert.equal(new PagePlan(3).draws('own', 3), false)
  })

  it('leaves no page to an engine that stands still', () => {
    const plan = new PagePlan(11)
    assert.equal(plan.draws('lent', 1), false)
    const first = plan.sharers.indexOf('lent')
    assert.ok(plan.draws('lent', first))
    for (let page = 1; page < first; page++) assert.ok(plan.draws('own', page))
    assert.equal(plan.draws('own', first, { isPaused: true }), false)
    for (let page = first + 1; page < 11; page++) assert.ok(plan.draws('own', page, { isPaused: true }))
  })

  it('has all pages of a lost engine drawn: those ahead on the way, the others named as missing', () => {
    const plan = new PagePlan(21)
    for (let page = 1; page < 21 && !plan.draws('lent', page); page++);
    const first = plan.sharers.indexOf('lent')
    for (let page = 1; page < first; page++) plan.draws('own', page)
    // It takes the end and passes what the other one still has.
    const leapt = plan.sharers.lastIndexOf('lent')
    assert.equal(plan.draws('own', first), false)
    const kept = plan.sharers.flatMap((sharer, page) => (sharer === 'lent' ? [page] : []))
    assert.ok(kept.length > 1 && (kept.at(-1) ?? 0) < leapt)
    plan.lose()
    for (let page = first + 1; page < 21; page++) assert.ok(plan.draws('own', page))
    assert.deepEqual([...plan.missing()], [first])
  })
})
