import assert from 'node:assert/strict'
import { it } from 'node:test'
import { clockCheck } from '#lib/checks/clock-check.ts'

const AT = Date.parse('2026-11-30T01:00:00Z')

it('never counts the time that the database took to answer', () => {
  const check = clockCheck({ askedMs: AT, databaseMs: AT + 14_000, answeredMs: AT + 15_000 })
  assert.deepEqual([check.state, check.mend], ['ok', null])
})

it('says by how much this machine is ahead or behind, and how to mend it', () => {
  const ahead = clockCheck({ askedMs: AT, databaseMs: AT - 3_500, answeredMs: AT + 10 })
  assert.deepEqual([ahead.state, ahead.found], ['warning', 'is 3.5 s ahead of the database’s'])
  const behind = clockCheck({ askedMs: AT, databaseMs: AT + 70_000, answeredMs: AT + 10 })
  assert.deepEqual([behind.state, behind.found], ['failed', 'is 70.0 s behind the database’s'])
  assert.match(behind.mend ?? '', /^sudo timedatectl set-ntp true/)
})
