import { runService } from '../kit/run-service.ts';
import { readServiceEnvironment } from '../kit/service-environment.ts';
import { startOrderService } from './order-service.ts';

await runService(() => startOrderService(readServiceEnvironment(8002)));
