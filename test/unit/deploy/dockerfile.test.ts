import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { RUNTIME_CLIENT_VERSION } from '#test/lambda/runtime-client.ts'
import { HANDLER } from '#test/lambda/test-function.ts'
import { NEEDS, packagesFor } from '../../../bin/needs.js'

const dockerfile = readFileSync('deploy/aws/Dockerfile', 'utf8')

test('the image of the function starts what the proof of Lambda runs', () => {
  assert.ok(dockerfile.includes(`aws-lambda-ric@${RUNTIME_CLIENT_VERSION}`))
  assert.ok(dockerfile.includes(`CMD ["${HANDLER}"]`))
  assert.ok(existsSync(HANDLER.replace('.handler', '.mjs')))
})

test('the image of the function has what a start installs on Debian', () => {
  const printed = execFileSync(process.execPath, ['deploy/aws/debian-packages.mjs'], { encoding: 'utf8' })
  assert.deepEqual(printed.trim().split(' '), packagesFor(NEEDS, 'debian'))
})

test('what the images copy from the project is there, and left out by no rule', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  )
  const ignored = readFileSync('deploy/aws/Dockerfile.dockerignore', 'utf8').split('\n')
  assert.ok(copied.length > 4)
  for (const name of copied) assert.ok(existsSync(name) && !ignored.includes(name), name)
})
