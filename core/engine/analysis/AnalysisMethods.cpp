int triptychStubAnalysis(){return 0;}
