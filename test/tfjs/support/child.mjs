// `node child.mjs BUNDLE LAYER BACKEND`: runs the specs of a bundle (see bundle.ts) on one back end and sends
// the parent process what it is about to run and, at the end, all outcomes.
import { createRequire, Module } from 'node:module';
import { dirname, join, sep } from 'node:path';
import util from 'node:util';

const require = createRequire(import.meta.url);
const [bundle, layer, name] = process.argv.slice(2);
/** The name of tfjs's test environment: a suite has it, with its flags, in its name. */
const ENVIRONMENT = 'here';

const isClass = (value) => typeof value === 'function' && /^class\b/.test(String(value));
const proxies = new WeakMap();

/** The other packages' classes are functions of ES5, which extend a class by calling it. */
function callable(value) {
  const holdsClasses = value !== null && typeof value === 'object' && Object.values(value).some(isClass);
  if (!isClass(value) && !holdsClasses) return value;
  const handler = isClass(value)
    ? { apply: (target, self, args) => Reflect.construct(target, args, self.constructor) }
    : { get: (target, key) => callable(target[key]) };
  if (!proxies.has(value)) proxies.set(value, new Proxy(value, handler));
  return proxies.get(value);
}

/** Gives `members` to whoever requires the package, which is never loaded itself. */
function standInFor(packageName, members) {
  const path = require.resolve(packageName);
  const exports = Object.fromEntries(Object.entries(members).map(([key, value]) => [key, callable(value)]));
  require.cache[path] = Object.assign(new Module(path), { filename: path, loaded: true, exports });
}

const stock = {
  cpu: () => require('@tensorflow/tfjs-backend-cpu'),
  wasm: () => {
    stock.cpu();
    const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  },
  // What `descent tensorflow install` made of tfjs-node, by itself.
  tensorflow: () => {
    const core = require('@tensorflow/tfjs-core');
    const folder = process.env.DESCENT_TENSORFLOW;
    const addon = require(join(folder, 'addon/tfjs_binding.node'));
    const union = { ...core, ...require('@tensorflow/tfjs-layers') };
    const given = { '@tensorflow/tfjs': union, util: { isNullOrUndefined: (x) => x == null, ...util } };
    const { NodeJSKernelBackend } = require(join(folder, 'tfjs-node.cjs'))(
      (wanted) => given[wanted] ?? require(wanted),
    );
    core.registerBackend('tensorflow', () => new NodeJSKernelBackend(addon, '@tensorflow/tfjs-node'));
  },
};

async function start({ core, registerAll }) {
  standInFor('@tensorflow/tfjs-core', core);
  if (layer === 'stock') {
    registerAll();
    stock[name]();
  } else {
    const { backend } = await import('../../../dist/src/backend/index.js');
    await backend.use(name);
  }
}

function collect(env) {
  const outcomes = [];
  const named = (fullName) => fullName.replaceAll(` ${ENVIRONMENT} {}`, '');
  env.addReporter({
    suiteStarted: ({ fullName }) => process.send({ suite: named(fullName) }),
    specDone: ({ fullName, status, failedExpectations }) =>
      outcomes.push({ name: named(fullName), status, message: failedExpectations[0]?.message }),
    suiteDone: ({ fullName, failedExpectations: [failure] }) => {
      if (failure)
        outcomes.push({ name: `${named(fullName)}: suite`, status: 'failed', message: failure.message });
    },
  });
  return outcomes;
}

const jasmine = require('jasmine-core').boot();
const loaded = require(bundle);
await start(loaded);
loaded.util.setTestEnvs([{ name: ENVIRONMENT, backendName: name, isDataSync: true }]);
const env = jasmine.getEnv();
// tfjs's specs count on their order, and several have the same name.
env.configure({ random: false, forbidDuplicateNames: false });
jasmine.DEFAULT_TIMEOUT_INTERVAL = 20_000;
const outcomes = collect(env);
loaded.specs();
await env.execute();
process.send({ outcomes }, () => process.exit());
