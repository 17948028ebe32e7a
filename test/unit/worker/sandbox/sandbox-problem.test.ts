import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explainProblem } from '#worker/sandbox/sandbox-problem.ts'

const says = (settings: Record<string, string>) => (setting: string) => settings[setting]

describe('the explanation of a sandbox that cannot be built', () => {
  it('gives Ubuntu’s operator the AppArmor profile to write', () => {
    const text = explainProblem(
      'bwrap: setting up uid map: Permission denied',
      says({ 'kernel/apparmor_restrict_unprivileged_userns': '1' }),
    )
    assert.match(text, /setting up uid map: Permission denied/)
    assert.match(text, /profile bwrap .* userns,/)
  })

  it('names the sysctl that switches user namespaces off', () => {
    const stderr = 'bwrap: No permissions to create new namespace'
    assert.match(
      explainProblem(stderr, says({ 'kernel/unprivileged_userns_clone': '0' })),
      /unprivileged_userns_clone=1/,
    )
    assert.match(
      explainProblem(stderr, says({ 'user/max_user_namespaces': '0' })),
      /max_user_namespaces=\d{4}/,
    )
  })

  it('names the container’s options where a container forbids it', () => {
    const none = says({})
    for (const stderr of [
      'bwrap: Creating new namespace failed: Operation not permitted',
      "bwrap: Can't mount proc on /newroot/proc: Operation not permitted",
    ])
      assert.match(explainProblem(stderr, none), /--security-opt seccomp=/)
  })

  it('tells a root without the right to become another user what it lacks', () => {
    assert.match(explainProblem('setpriv: setresuid failed: Invalid argument', says({})), /CAP_SETUID/)
  })

  it('tells what Landlock needs', () => {
    const stderr = 'landlock: this kernel offers no Landlock: Operation not permitted'
    assert.match(explainProblem(stderr, says({})), /offers no Landlock: Operation .* needs Linux 5\.13/)
  })

  it('never claims to know what it does not', () => {
    const text = explainProblem('', says({}))
    assert.match(text, /without a word/)
    assert.match(text, /bwrap --ro-bind/)
  })
})
