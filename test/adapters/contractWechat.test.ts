import { describe } from 'vitest';
import { wechatHost } from '../helpers/simulatedHosts/wechat';
import { describeAdapter } from './contract';

describe('wechat on its host', () => describeAdapter(wechatHost));
