// Loaded before each process of a recorded run: from then on its calls say in their user agent whose role they have. The
// worker stands in for the function; the launcher, from which it inherits its environment, is a web process.
const isWorker = process.argv[1]?.endsWith('worker/main.ts')
if (isWorker) process.env.AWS_SDK_UA_APP_ID = 'function'
process.env.AWS_SDK_UA_APP_ID ??= 'web'
