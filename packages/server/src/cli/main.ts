#!/usr/bin/env node
// Decides the commands of `sourcewright`, their options and how a command ends. Leaves the work to commands/.
import { Command, CommanderError } from 'commander';
import { ENGINE_VERSION, IMPORT_SYSTEMS, STRATEGIES } from '@sourcewright/engine';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { diffPoliciesCommand } from './commands/diff-policies.ts';
import { explainCommand } from './commands/explain.ts';
import { exportMpsCommand } from './commands/export-mps.ts';
import { importPolicyCommand } from './commands/import-policy.ts';
import { lintCommand } from './commands/lint.ts';
import { importRatesCommand } from './commands/import-rates.ts';
import { promiseCommand } from './commands/promise.ts';
import { ruleCostsCommand } from './commands/rule-costs.ts';
import { serveCommand } from './commands/serve.ts';
import { sourceCommand } from './commands/source.ts';
import { validateCommand } from './commands/validate.ts';
import { CommandFailure, EXIT, renderIssues } from './failure.ts';

const STRATEGY_HELP = `one of ${STRATEGIES.join(', ')} (default: the policy's)`;
const WORK_HELP = 'search nodes one order may cost before its best answer is taken with its gap';
const SCENARIO_HELP = 'folder or .json file of a scenario';

const program = new Command('sourcewright')
  .description('Decides which node ships which quantity of which order line, proves how good that is and says why.')
  .version(ENGINE_VERSION)
  .exitOverride()
  .showHelpAfterError('Run with --help to see the options and examples.')
  .addHelpText('after', '\nExit codes: 0 done, 1 internal error, 2 wrong input or call, 3 a check failed.');

program
  .command('source')
  .description('source the orders of a scenario and show the plan’s figures')
  .argument('<scenario>', SCENARIO_HELP)
  .option('--strategy <name>', STRATEGY_HELP)
  .option('--order-work <n>', WORK_HELP)
  .option('--deadline <time>', 'give the best verified plan there is after this time, such as 2s')
  .option('--out <file>', 'also write the plan as JSON')
  .option('--json', 'print the plan as JSON instead of figures')
  .addHelpText(
    'after',
    examples(
      'source scenarios/uk-gifts',
      'source scenarios/uk-gifts --strategy optimal --deadline 3s',
      'source scenarios/corner-shop --strategy nearest --json',
    ),
  )
  .action(print(sourceCommand));

program
  .command('compare')
  .description('run several strategies on a scenario and show them side by side')
  .argument('<scenario>', SCENARIO_HELP)
  .option('--strategies <names...>', `any of ${STRATEGIES.join(', ')}; the first is compared with the others`)
  .option('--order-work <n>', WORK_HELP)
  .option('--json', 'print figures as JSON')
  .option('--markdown', 'print the table for a document')
  .addHelpText(
    'after',
    examples('compare scenarios/uk-gifts', 'compare scenarios/uk-gifts --strategies fcfs-exact nearest --json'),
  )
  .action(print(compareCommand));

program
  .command('explain')
  .description('say why an order was sourced as it was')
  .argument('<scenario>', SCENARIO_HELP)
  .requiredOption('--order <id>', 'the order')
  .option('--line <id>', 'only this line')
  .option('--strategy <name>', STRATEGY_HELP)
  .option('--plan <file>', 'explain this plan, a file of source --out, instead of making one')
  .option('--thorough', 'take up to about a second more to find what would flip it')
  .option('--cartons', 'what each carton holds')
  .option('--all', 'every line of a large order, every node and every change, each by itself')
  .option('--against <plan>', 'what is other than in this plan: a file of source --out, or a strategy')
  .option('--order-work <n>', WORK_HELP)
  .option('--json', 'print the explanation as JSON')
  .addHelpText(
    'after',
    examples(
      'explain scenarios/uk-gifts --order 576080',
      'explain scenarios/uk-gifts --order 576080 --line 1 --json',
      'explain scenarios/uk-gifts --order 576080 --thorough',
      'explain scenarios/uk-gifts --order 576080 --all',
      'explain scenarios/uk-gifts --order 576080 --against nearest',
    ),
  )
  .action(print(explainCommand));

program
  .command('promise')
  .description('what a cart could be promised: by which service it comes when, where it can be collected')
  .argument('<scenario>', SCENARIO_HELP)
  .requiredOption('--order <file|id>', 'a cart as JSON, or an order of the scenario')
  .option('--at <instant>', 'as if it were placed then, such as 2011-11-14T16:30:00Z')
  .option('--services <names...>', 'only these services')
  .option('--policy <file>', 'policy.json (default: the scenario’s)')
  .option('--options <n>', 'ways shown a line (default: 5)')
  .option('--near <n>', 'nodes to collect at that are looked at (default: 10)')
  .option('--json', 'print the promise as JSON')
  .addHelpText(
    'after',
    `\nNothing is reserved: it holds while stock is as in the scenario and no other order takes any.\n${examples(
      'promise scenarios/corner-shop --order CS-06',
      'promise scenarios/uk-gifts --order 576080 --at 2011-11-14T17:00:00Z --near 3',
      'promise scenarios/corner-shop --order examples/cart.json --json',
    )}`,
  )
  .action(print(promiseCommand));

program
  .command('validate')
  .description('check a scenario and list everything that is wrong with it')
  .argument('<scenario>', SCENARIO_HELP)
  .option('--json', 'print the outcome as JSON')
  .addHelpText('after', examples('validate scenarios/uk-gifts', 'validate my-scenario.json.gz --json'))
  .action(print(validateCommand));

program
  .command('lint')
  .description('find rules of a policy that cannot do what they say')
  .argument('<policy>', 'policy.json of a scenario, or any policy')
  .option('--scenario <scenario>', 'also look at the orders of this scenario')
  .option('--json', 'print findings as JSON')
  .addHelpText(
    'after',
    `\nErrors end with exit code 2; warnings and notes are only shown.\n${examples(
      'lint scenarios/uk-gifts/policy.json',
      'lint my-policy.json --scenario scenarios/uk-gifts --json',
    )}`,
  )
  .action(print(lintCommand));

program
  .command('import-rates')
  .description('turn a carrier’s price list as CSV into rate cards, and list everything that is wrong with it')
  .argument('<csv>', 'price list in the template of examples/rates.csv')
  .option('--out <file>', 'the rate-cards.json to write')
  .option('--json', 'print the rate cards, or the issues, as JSON')
  .addHelpText(
    'after',
    examples('import-rates examples/rates.csv', 'import-rates my-rates.csv --out my-scenario/rate-cards.json'),
  )
  .action(print(importRatesCommand));

program
  .command('check')
  .description('check a policy against orders: lint, golden orders, invariants, gates on its figures')
  .argument('<policy>', 'policy.json')
  .requiredOption('--scenario <scenario>', SCENARIO_HELP)
  .option('--golden <file>', 'orders and the shipments expected of them')
  .option('--gates <file>', 'conditions that never hold for a planned line, and limits of figures')
  .option('--baseline <policy>', 'policy that gates stand against (default: the scenario’s)')
  .option('--junit <file>', 'also write the outcome as JUnit XML')
  .option(
    '--write-golden <file>',
    'write the orders of the golden file as they come out now, or all orders without one',
  )
  .option('--order-work <n>', WORK_HELP)
  .option('--json', 'print the outcome as JSON')
  .addHelpText(
    'after',
    `\nEnds with exit code 3 where a check fails.\n${examples(
      'check scenarios/corner-shop/policy.json --scenario scenarios/corner-shop --gates examples/check/gates.json',
      'check policy.json --scenario my-scenario --golden golden.json --gates gates.json --junit out.xml',
    )}`,
  )
  .action(print(checkCommand));

program
  .command('rule-costs')
  .description('what each rule of a policy costs: the plan with it against the plan without it')
  .argument('<scenario>', SCENARIO_HELP)
  .option('--policy <file>', 'policy.json (default: the scenario’s)')
  .option('--strategy <name>', STRATEGY_HELP)
  .option('--order-work <n>', WORK_HELP)
  .option('--json', 'print figures as JSON')
  .addHelpText('after', examples('rule-costs scenarios/corner-shop', 'rule-costs my-scenario --policy new.json --json'))
  .action(print(ruleCostsCommand));

program
  .command('diff-policies')
  .description('say in words what changed between two policies')
  .argument('<before>', 'policy.json')
  .argument('<after>', 'policy.json')
  .option('--json', 'print the changes as JSON')
  .addHelpText('after', examples('diff-policies old.json new.json', 'diff-policies old.json new.json --json'))
  .action(print(diffPoliciesCommand));

program
  .command('import-policy')
  .description('read another system’s sourcing rules as a policy, and say what could not be carried over')
  .argument('<file>', 'JSON file of the system')
  .requiredOption('--from <system>', `one of ${IMPORT_SYSTEMS.join(', ')}`)
  .option('--base <policy>', 'policy that gives goals, promise and limits')
  .option('--out <file>', 'where to write the policy')
  .option('--json', 'print policy and notes as JSON')
  .addHelpText(
    'after',
    examples(
      'import-policy examples/import/hotwax-routing-group.json --from hotwax --out policy.json',
      'import-policy examples/import/magento-source-selection.json --from magento --json',
    ),
  )
  .action(print(importPolicyCommand));

program
  .command('export-mps')
  .description('write the orders of a scenario as one exact mixed-integer program for any solver')
  .argument('<scenario>', SCENARIO_HELP)
  .requiredOption('--out <file>', 'the MPS file to write')
  .option('--orders <n>', 'only the first n orders of the scenario')
  .addHelpText(
    'after',
    `\nOnly for waves whose lines stay whole and whose shipments are priced by one weight band without a minimum.\n${examples(
      'export-mps scenarios/brunel --out wave.mps',
      'export-mps my-scenario.json --out wave.mps --orders 500',
    )}`,
  )
  .action(print(exportMpsCommand));

program
  .command('serve')
  .description('serve the API and the studio')
  .option('--port <n>', 'port to listen on; 0 takes a free one (default: PORT or 8080)')
  .option('--host <address>', 'address to bind to (default: 127.0.0.1)')
  .option('--data <file>', 'where scenarios and runs are kept (default: data/sourcewright.db)')
  .option('--demo <folders...>', 'scenarios to load when there are none yet')
  .option('--no-demo', 'start without demo scenarios')
  .option('--allow-remote', 'allow an address that other machines can reach; there are no credentials yet')
  .addHelpText('after', examples('serve', 'serve --port 4680 --data my-data.db'))
  .action(serveCommand);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = endWith(error);
}

/** Prints what a command answers; a closed pipe ends it quietly. */
function print<A extends unknown[]>(command: (...args: A) => Promise<string>): (...args: A) => Promise<void> {
  return async (...args) => {
    process.stdout.on('error', (error: NodeJS.ErrnoException) =>
      process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.bug),
    );
    process.stdout.write(`${await command(...args)}\n`);
  };
}

function endWith(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.input;
  if (error instanceof CommandFailure && error.output !== undefined) {
    console.log(error.output);
    return error.exitCode;
  }
  if (error instanceof CommandFailure) {
    console.error(error.message);
    if (error.issues.length > 0) console.error(renderIssues(error.issues));
    return EXIT.input;
  }
  console.error(`Internal error: ${error instanceof Error ? error.message : String(error)}`);
  console.error('This is a bug. Please report it with the command and the scenario.');
  return EXIT.bug;
}

function examples(...calls: string[]): string {
  return `\nExamples:\n${calls.map((call) => `  sourcewright ${call}`).join('\n')}`;
}
