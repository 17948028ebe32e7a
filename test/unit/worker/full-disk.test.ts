import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { AppError, type ErrorCode } from '#lib/vocabulary/errors.ts'
import { blamingFullDisk } from '#worker/full-disk.ts'

const NOT_ROOT = process.getuid?.() !== 0 && 'only root mounts a small disk'

/** Fills the disk under `folder` until the system says ENOSPC, then fails as a program does that hides it. */
async function fillAndFail(folder: string, code: ErrorCode): Promise<never> {
  const file = await open(join(folder, 'result.pdf'), 'w')
  try {
    await assert.rejects(
      async () => {
        for (;;) await file.write(Buffer.alloc(2 ** 20))
      },
      { code: 'ENOSPC' },
    )
  } finally {
    await file.close()
  }
  throw new AppError(code)
}

describe('a full disk under a conversion', () => {
  it('is what is blamed, and nothing that has a reason of its own', { skip: NOT_ROOT }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-full-disk-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder])
      const codes = ['conversion_failed', 'bad_result', 'engine_crashed'] as const
      for (const code of codes) {
        const full = { code: 'storage_full', retryable: true }
        await assert.rejects(
          blamingFullDisk(folder, () => fillAndFail(folder, code)),
          full,
        )
      }
      await assert.rejects(
        blamingFullDisk(folder, () => fillAndFail(folder, 'wrong_password')),
        { code: 'wrong_password' },
      )
    } finally {
      execFileSync('umount', [folder])
      await rm(folder, { recursive: true })
    }
  })

  it('is not blamed while there is room', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-room-'))
    t.after(() => rm(folder, { recursive: true }))
    const failing = blamingFullDisk(folder, () => Promise.reject(new AppError('bad_result')))
    await assert.rejects(failing, { code: 'bad_result' })
  })
})
