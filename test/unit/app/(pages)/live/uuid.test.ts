import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { uuid } from '#app/(pages)/live/uuid.ts'

test('a made-up UUID passes the check of the server and is never the same', () => {
  const made = Array.from({ length: 1000 }, uuid)
  assert.equal(new Set(made).size, 1000)
  for (const id of made) assert.ok(z.uuidv4().safeParse(id).success, id)
})
