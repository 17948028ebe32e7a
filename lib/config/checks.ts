import { sandboxesFor } from '../vocabulary/sandboxes.ts'
import { VARIABLES } from './variables.ts'

/** Checks variables that depend on each other. */
export const CHECKED = VARIABLES.refine(({ QUEUE, AMQP_URL }) => QUEUE !== 'rabbitmq' || AMQP_URL, {
  path: ['AMQP_URL'],
  message: 'a URL such as amqp://user:password@host:5672/vhost, because QUEUE is rabbitmq',
})
  .refine(
    ({ QUEUE, AZURE_STORAGE_CONNECTION_STRING }) => QUEUE !== 'azure' || AZURE_STORAGE_CONNECTION_STRING,
    { path: ['AZURE_STORAGE_CONNECTION_STRING'], message: 'a connection string, because QUEUE is azure' },
  )
  .refine(
    ({ ENGINE_ROOT, SANDBOX }) =>
      sandboxesFor(SANDBOX).includes('bwrap') || !/^(own|\/)/.test(ENGINE_ROOT ?? ''),
    {
      path: ['ENGINE_ROOT'],
      message: 'machine or not set with this SANDBOX, because only bubblewrap can show another LibreOffice',
    },
  )
  .refine(
    ({ PUBLIC_URL, BASE_PATH = '' }) =>
      !PUBLIC_URL || ['', BASE_PATH].includes(new URL(PUBLIC_URL).pathname.replace(/\/$/, '')),
    { path: ['PUBLIC_URL'], message: 'an address without a path, or with BASE_PATH as its path' },
  )
  .refine(({ JOBS, QUEUE }) => JOBS === 'postgres' || QUEUE !== 'postgres', {
    path: ['QUEUE'],
    message: 'sqs, rabbitmq, azure or not set, because JOBS is dynamodb',
  })
  .refine(({ JOBS, EVENTS }) => JOBS === 'postgres' || EVENTS !== 'postgres', {
    path: ['EVENTS'],
    message: 'sns or not set, because JOBS is dynamodb',
  })
  .refine(({ ADMIN_TOKEN, OPERATOR_TOKEN }) => !OPERATOR_TOKEN || OPERATOR_TOKEN !== ADMIN_TOKEN, {
    path: ['OPERATOR_TOKEN'],
    message: 'another one than ADMIN_TOKEN, because whoever has it may only look',
  })
  .refine(({ DOWNLOADS, STORAGE }) => DOWNLOADS === 'web' || STORAGE.startsWith('s3:'), {
    path: ['DOWNLOADS'],
    message: 'web or not set, because STORAGE names no bucket',
  })
