int triptychStubFeatures(){return 0;}
