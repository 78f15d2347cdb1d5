import { Button, Text, View } from '@tarojs/components';
import { useLoad } from '@tarojs/taro';
import { useState } from 'react';

export default function Detail() {
  const [tea, setTea] = useState('');
  const [bought, setBought] = useState(0);

  useLoad((query) => setTea(query.tea));

  return (
    <View>
      <Text>Tea: {tea}</Text>
      <Button id="buy" onClick={() => setBought(bought + 1)}>
        Bought {bought}
      </Button>
    </View>
  );
}
