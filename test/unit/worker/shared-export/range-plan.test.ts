import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Sharer } from '#worker/shared-export/page-plan.ts'
import { type PageRange, RangePlan } from '#worker/shared-export/range-plan.ts'

interface Exporter {
  sharer: Sharer
  ranges: PageRange[]
  /** When it has exported what it took. */
  at: number
}

/** Two engines export all pages, by a simulated clock; `loadedAt` is when the lent one begins. */
function simulate(plan: RangePlan, { cost, loadedAt }: { cost(page: number): number; loadedAt: number }) {
  const own: Exporter = { sharer: 'own', ranges: [], at: 0 }
  const lent: Exporter = { sharer: 'lent', ranges: [], at: loadedAt }
  for (const ended = new Set<Exporter>(); ended.size < 2; ) {
    const [next = own] = [own, lent].filter(one => !ended.has(one)).sort((a, b) => a.at - b.at)
    const range = plan.next(next.sharer)
    if (!range) ended.add(next)
    else {
      next.ranges.push(range)
      for (const page of pagesOf(range)) next.at += cost(page)
    }
  }
  return { own, lent }
}

const pagesOf = ({ from, to }: PageRange) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('a range plan', () => {
  // A heavy beginning or end is in one range, which nobody can divide then.
  for (const [what, cost, most] of [
    ['even pages', () => 1, 1.1],
    ['pages that get heavier', (page: number) => 0.2 + page / 300, 1.1],
    ['pages that get lighter', (page: number) => 2.2 - page / 300, 1.1],
    ['a heavy beginning', (page: number) => (page < 100 ? 4 : 0.5), 1.4],
    ['a heavy end', (page: number) => (page > 500 ? 4 : 0.5), 1.4],
  ] as const)
    it(`has every page exported once in a few ranges, and both engines end together: ${what}`, () => {
      const { own, lent } = simulate(new RangePlan(600), { cost, loadedAt: 60 })
      const all = [...own.ranges, ...lent.ranges]
      assert.deepEqual(
        all.flatMap(pagesOf).sort((a, b) => a - b),
        pagesOf({ from: 1, to: 600 }),
      )
      assert.ok(all.length <= 12, `${all.length} ranges`)
      const total = pagesOf({ from: 1, to: 600 }).reduce((sum, page) => sum + cost(page), 0)
      assert.ok(Math.max(own.at, lent.at) < most * (total / 2 + 30), `${own.at} and ${lent.at} of ${total}`)
    })

  it('counts what an engine has exported before those pages at which it is', () => {
    const plan = new RangePlan(90)
    assert.deepEqual(plan.next('own'), { from: 1, to: 30 })
    assert.equal(plan.done('own'), 0)
    assert.deepEqual(plan.next('own'), { from: 31, to: 50 })
    assert.equal(plan.done('own'), 30)
  })

  it('gives only what a lost engine has begun to the other one', () => {
    const plan = new RangePlan(90)
    const [kept, begun] = [plan.next('lent'), plan.next('lent')]
    assert.deepEqual(
      [kept, begun],
      [
        { from: 61, to: 90 },
        { from: 41, to: 60 },
      ],
    )
    plan.lose()
    const pages: number[] = []
    for (let range = plan.next('own'); range; range = plan.next('own')) pages.push(...pagesOf(range))
    assert.deepEqual(pages, pagesOf({ from: 1, to: 60 }))
  })
})
